import type { ModelPlan, PlannedLayer } from '../compile/model-plan.ts'
import type { ColumnSpec } from '../datasets/dataset-spec.ts'
import { layerDefinition } from '../layers/catalogue.ts'
import { sameShape } from '../shapes/broadcast.ts'

/** Layers of these categories give a picture where they get one. */
const passing: ReadonlySet<string> = new Set([
  'Preprocessing',
  'Augmentation',
  'Regularization',
  'Input and output',
])

/**
 * Ids of the layers whose values are pictures to people, not feature maps: inputs that images feed, what changes these
 * without taking their channels apart, and outputs that are as large as such an input.
 */
export function pictureLayers(
  plan: ModelPlan,
  columns: ReadonlyMap<string, readonly ColumnSpec[]>,
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const layer of plan.layers) {
    const isFed = columns.get(layer.id)?.some(({ type }) => type === 'image')
    if (isFed || passesPicture(layer, found)) found.add(layer.id)
  }
  const inputs = plan.layers.filter(({ id }) => plan.inputIds.includes(id) && found.has(id))
  for (const output of plan.layers) {
    if (!plan.outputIds.includes(output.id)) continue
    if (!inputs.some(({ outputShape }) => sameShape(outputShape, output.outputShape))) continue
    for (const id of [output.id, ...output.inputs.map(({ layerId }) => layerId)]) found.add(id)
  }
  return found
}

function passesPicture({ kind, inputs }: PlannedLayer, pictures: ReadonlySet<string>): boolean {
  const category = layerDefinition(kind)?.category ?? ''
  return inputs.length > 0 && passing.has(category) && inputs.every(({ layerId }) => pictures.has(layerId))
}
