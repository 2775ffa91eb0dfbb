import { indexInputs } from '../compile/index-inputs.ts'
import type { ModelPlan } from '../compile/model-plan.ts'
import { type Problem, problem } from '../problems.ts'
import { formatShape } from '../shapes/format-shape.ts'
import { plannedLayer } from './planned-layer.ts'
import type { MixingSettings } from './run-config.ts'

/** What keeps the inputs of a model from being blended with each other; nothing where mixing is off. */
export function checkMixing(plan: ModelPlan, mixing: MixingSettings | undefined): Problem[] {
  if (!mixing) return []
  // A blend of two names is the name of neither.
  const indexProblems = [...indexInputs(plan)].map(
    ([
      input,
      {
        layer: { id, name },
      },
    ]) => {
      const message = `${mixing.kind} blends the values of ${plannedLayer(plan, input).name}, but ${name} reads them as whole numbers.`
      return problem('run.config', message, { hint: 'Switch mixing off.', layerId: id })
    },
  )
  return mixing.kind === 'cutMix' ? [...indexProblems, ...cutMixProblems(plan)] : indexProblems
}

function cutMixProblems(plan: ModelPlan): Problem[] {
  const [first, ...others] = plan.inputIds.map((id) => plannedLayer(plan, id))
  if (first?.outputShape.length === 3 && others.length === 0) return []
  const found =
    others.length > 0
      ? `the model has ${others.length + 1} inputs`
      : `${first?.name} gives ${formatShape(first?.outputShape ?? [])}`
  return [
    problem('run.config', `cutMix needs one input of images (channels × height × width), but ${found}.`, {
      hint: 'Take mixup instead, or switch mixing off.',
    }),
  ]
}
