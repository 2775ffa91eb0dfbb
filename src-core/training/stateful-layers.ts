import type { ModelPlan, PlannedLayer } from '../compile/model-plan.ts'
import { type Problem, problem } from '../problems.ts'
import type { TrainingSettings } from './run-config.ts'

/** Whether a layer of the model goes on from batch to batch. */
export function isStateful(plan: ModelPlan): boolean {
  return plan.layers.some(isStatefulLayer)
}

function isStatefulLayer({ parameters }: PlannedLayer): boolean {
  return parameters.stateful === true
}

/** Where stateful layers and the training do not go together: their states would belong to other rows (`run.config`). */
export function statefulProblems(plan: ModelPlan, training: TrainingSettings): Problem[] {
  const layer = plan.layers.find(isStatefulLayer)
  if (!layer) return []
  return [
    ...refuseShuffling(layer, training),
    ...refuseRecipe(layer, training),
    ...refuseMixing(layer, training),
  ]
}

function refuseShuffling({ id, name }: PlannedLayer, training: TrainingSettings): Problem[] {
  if (training.shuffle === false) return []
  const message = `${name} carries its states from batch to batch, but rows are shuffled, so that they would belong to other rows.`
  return [
    problem('run.config', message, {
      hint: 'Switch shuffling off in the training settings, or Stateful in the layer.',
      layerId: id,
      parameter: 'stateful',
      fix: {
        label: 'Switch shuffling off',
        edits: [{ type: 'setTraining', training: { ...training, shuffle: false } }],
      },
    }),
  ]
}

function refuseRecipe(layer: PlannedLayer, { recipe }: TrainingSettings): Problem[] {
  if (recipe === undefined) return []
  const message = `${layer.name} carries its states from batch to batch, but in ${recipe.kind} training it sees every batch more than once.`
  return [switchOff(layer, message, 'Switch Stateful off in the layer, or train without a recipe.')]
}

function refuseMixing(layer: PlannedLayer, { mixing }: TrainingSettings): Problem[] {
  if (mixing === undefined) return []
  const message = `${layer.name} carries its states from batch to batch, but mixing blends every row with another.`
  return [switchOff(layer, message, 'Switch mixing off in the training settings, or Stateful in the layer.')]
}

function switchOff({ id, name }: PlannedLayer, message: string, hint: string): Problem {
  return problem('run.config', message, {
    hint,
    layerId: id,
    parameter: 'stateful',
    fix: {
      label: `Switch Stateful of ${name} off`,
      edits: [{ type: 'setParameters', layerId: id, parameters: { stateful: undefined } }],
    },
  })
}
