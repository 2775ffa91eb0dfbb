import { type Problem, problem } from '../../problems.ts'
import { lossTitle } from '../losses/loss-messages.ts'
import { areExclusive, isClassLoss, isLabelLoss } from '../losses/loss-rules.ts'
import type { OutputHead } from '../losses/output-head.ts'
import type { OutputLoss, TargetDescription } from '../losses/output-loss.ts'
import type { MetricKind } from '../run-config.ts'
import { type MetricNeed, metricRules } from './metric-rules.ts'
import { statesProbabilities } from './predicted-values.ts'
import { defaultTopK } from './top-k-accuracy.ts'

interface MetricCase {
  readonly head: OutputHead
  readonly loss: OutputLoss
  readonly target: TargetDescription
}

/** Why metrics that an output asks for cannot be measured there, one problem each. */
export function metricProblems(head: OutputHead, loss: OutputLoss, target: TargetDescription): Problem[] {
  const given: MetricCase = { head, loss, target }
  return (loss.metrics ?? []).flatMap((kind) => {
    const lack =
      lackOf(given, metricRules[kind].needs) ?? (kind === 'topKAccuracy' ? tooLargeK(given) : undefined)
    return lack === undefined ? [] : [refuse(given, kind, lack)]
  })
}

/** What is needed and what there is, to follow the metric's name: `needs ..., but ...`. */
function lackOf({ head, loss, target }: MetricCase, need: MetricNeed): string | undefined {
  const isClasses = isClassLoss(loss.kind)
  const exclusive = isClasses && areExclusive(loss, head.units)
  const trained = `"${head.output.name}" is trained with ${lossTitle(loss.kind)}`
  if (need === 'labels') return isLabelLoss(loss.kind) ? undefined : `needs a loss of labels, but ${trained}`
  if (isLabelLoss(loss.kind)) return `compares value by value, but ${trained}`
  if (need === 'numbers' || need === 'vector') {
    if (target.kind === 'category') return `compares numbers, but the target "${target.name}" is a category`
    const isSingle = need === 'vector' && target.width === 1
    return isSingle ? `compares at least 2 numbers, but the target "${target.name}" is one number` : undefined
  }
  if (!isClasses) return `needs a loss that tells classes apart, but ${trained}`
  if (need === 'units') {
    return exclusive ? `needs units that each answer yes or no, but ${trained}` : undefined
  }
  if (need === 'probabilities' || need === 'distribution') {
    if (!statesProbabilities(loss.kind)) return `needs probabilities, but ${trained}`
  }
  if (need === 'classes' || need === 'probabilities') return undefined
  if (!exclusive) return `needs one unit per class, of which one is right, but ${trained}`
  const isValues = need === 'categories' && target.kind === 'number'
  return isValues ? `needs a category as target, but the target "${target.name}" holds numbers` : undefined
}

function tooLargeK({ head, loss }: MetricCase): string | undefined {
  const k = loss.topK ?? defaultTopK
  if (k < head.units) return undefined
  return `needs more classes than k, but k is ${k} and "${head.output.name}" tells ${head.units} classes apart`
}

function refuse({ head, loss }: MetricCase, kind: MetricKind, lack: string): Problem {
  const { output } = head
  const { title } = metricRules[kind]
  const rest = (loss.metrics ?? []).filter((other) => other !== kind)
  return problem('metric.unfit', `${title} ${lack}.`, {
    hint:
      kind === 'topKAccuracy'
        ? `Choose a smaller k, or leave ${title} out of the metrics of "${output.name}".`
        : `Leave ${title} out of the metrics of "${output.name}", or choose another loss.`,
    layerId: output.id,
    parameter: 'metrics',
    fix: {
      label: `Do not measure ${title}`,
      edits: [
        {
          type: 'setParameters',
          layerId: output.id,
          parameters: { metrics: rest.length > 0 ? rest : undefined },
        },
      ],
    },
  })
}
