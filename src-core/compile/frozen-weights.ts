import { isFrozen, type LayerTraining } from '../document/layer-training.ts'
import type { WeightSpec } from './model-plan.ts'

/** The weights of a layer as training takes them: those of a frozen one are not trained. */
export function trainedWeights(layer: LayerTraining, weights: readonly WeightSpec[]): readonly WeightSpec[] {
  if (!isFrozen(layer)) return weights
  return weights.map((weight) => (weight.trainable ? { ...weight, trainable: false, frozen: true } : weight))
}
