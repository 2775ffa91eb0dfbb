import type { ModelPlan, PlannedLayer } from '../compile/model-plan.ts'

/** Kinds that spoil what they get while training and pass it on when predicting. */
const corrupting = new Set([
  'gaussianNoise',
  'gaussianDropout',
  'alphaDropout',
  'dropout',
  'spatialDropout1d',
  'spatialDropout2d',
  'randomErasing',
  'cutout',
])

/**
 * The layers right behind an input that spoil the images of a denoising autoencoder while it trains, one behind the
 * other; none where the input is used as it is.
 */
export function corruptionOf(plan: ModelPlan, inputId: string): readonly PlannedLayer[] {
  const readers = plan.layers.filter(({ inputs }) => inputs.some(({ layerId }) => layerId === inputId))
  const [reader, ...others] = readers
  if (!reader || others.length > 0 || !corrupting.has(reader.kind)) return []
  return [reader, ...corruptionOf(plan, reader.id)]
}
