import { z } from 'zod'
import type { ModelPlan } from '../../compile/model-plan.ts'
import { failure, type Problem, type Result, success } from '../../problems.ts'
import { metricProblems } from '../metrics/metric-problems.ts'
import { type LossKind, lossKinds, metricKinds } from '../run-config.ts'
import { classProblem } from './class-loss-rules.ts'
import { labelProblem } from './label-loss-rules.ts'
import { lossParametersSchema } from './loss-parameters.ts'
import { isLabelLoss } from './loss-rules.ts'
import { numberProblem } from './number-loss-rules.ts'
import { type OutputHead, outputHead } from './output-head.ts'
import type { OutputLoss, TargetDescription } from './output-loss.ts'
import { comparedSteps, headOfStep } from './steps.ts'

const outputParametersSchema = lossParametersSchema.extend({
  loss: z.enum(['auto', ...lossKinds]).default('auto'),
  lossWeight: z.number().default(1),
  metrics: z.array(z.enum(metricKinds)).default([]),
  topK: z.number().optional(),
})

/**
 * The loss of one output for a given target: what the output layer asks for, or the one that fits when it says `auto`.
 * Returns a Problem (loss.head, loss.target, data.tooManyClasses, data.unitsMismatch) when loss, head and target do not
 * go together.
 */
export function resolveLoss(
  plan: ModelPlan,
  outputId: string,
  target: TargetDescription,
): LossKind | Problem {
  const whole = outputHead(plan, outputId)
  const { loss } = outputParametersSchema.parse(whole.output.parameters)
  if (loss !== 'auto' && isLabelLoss(loss)) return labelProblem(whole, target) ?? loss
  if (target.kind === 'category') {
    const head = target.steps === undefined ? whole : headOfStep(whole)
    const kind = loss === 'auto' ? lossForClasses(head, target.classes) : loss
    return classProblem(head, kind, target) ?? kind
  }
  const kind = loss === 'auto' ? lossForNumbers(whole, target) : loss
  return numberProblem(whole, kind, target) ?? kind
}

/**
 * {@link resolveLoss} for every output of a model, with everything the graph builders need. Metrics that an output asks
 * for and that cannot be measured there are problems too (metric.unfit).
 */
export function resolveLosses(
  plan: ModelPlan,
  targets: ReadonlyMap<string, TargetDescription>,
): Result<ReadonlyMap<string, OutputLoss>> {
  const losses = new Map<string, OutputLoss>()
  // A recipe brings its own loss, which asks for no targets.
  if (plan.recipe) return success(losses)
  const problems: Problem[] = []
  for (const id of plan.outputIds) {
    const target = targets.get(id)
    if (!target) throw new Error(`there is no target for output ${id}`)
    const kind = resolveLoss(plan, id, target)
    if (typeof kind !== 'string') {
      problems.push(kind)
      continue
    }
    const whole = outputHead(plan, id)
    const loss = outputLoss(whole, kind, target)
    losses.set(id, loss)
    const head = loss.steps === undefined ? whole : headOfStep(whole)
    problems.push(...metricProblems(head, loss, target))
  }
  return problems.length > 0 ? failure(...problems) : success(losses)
}

function outputLoss(head: OutputHead, kind: LossKind, target: TargetDescription): OutputLoss {
  const asked = outputParametersSchema.parse(head.output.parameters)
  const { loss: _loss, lossWeight, metrics, topK, ...parameters } = asked
  const steps = comparedSteps(head, kind, metrics, target)
  // Steps of a sample share the columns of R², so that a centre for each value says nothing there.
  const centres = target.kind === 'number' && steps === undefined ? target.centres : undefined
  return {
    kind,
    ...targetForm(kind, target),
    ...(steps !== undefined && { steps }),
    fromScores: head.activation === 'linear',
    weight: lossWeight,
    parameters,
    ...(metrics.length > 0 && { metrics }),
    ...(topK !== undefined && { topK }),
    ...(metrics.includes('r2') && centres && { targetCentres: centres }),
  }
}

/** How the target reaches the graph. */
function targetForm(kind: LossKind, target: TargetDescription): Pick<OutputLoss, 'target' | 'labels'> {
  if (target.kind === 'category') return { target: 'classIndex' }
  return isLabelLoss(kind) ? { target: 'labels', labels: target.width } : { target: 'values' }
}

function lossForClasses(head: OutputHead, classes: number): LossKind {
  const onePerClass = head.activation === 'sigmoid' && head.units === classes
  return head.units === 1 || onePerClass ? 'binaryCrossentropy' : 'sparseCategoricalCrossentropy'
}

function lossForNumbers(head: OutputHead, target: TargetDescription & { kind: 'number' }): LossKind {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = target
  const areShares = minimum >= 0 && maximum <= 1
  if (areShares && head.activation === 'sigmoid') return 'binaryCrossentropy'
  if (areShares && head.activation === 'softmax' && head.units > 1) return 'categoricalCrossentropy'
  return 'meanSquaredError'
}
