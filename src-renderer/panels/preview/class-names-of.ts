import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'

/** Names of a layer's values where these are the classes of the target: at an output, and at the layer before it. */
export function classNamesOf(
  { dataset: binding }: ModelDocument,
  plan: ModelPlan,
  dataset: DatasetInfo | undefined,
  layerId: string,
): readonly string[] | undefined {
  const output = plan.layers.find(
    ({ id, inputs }) =>
      plan.outputIds.includes(id) && (id === layerId || inputs.some((input) => input.layerId === layerId)),
  )
  if (!output || !dataset) return undefined
  const [named] = binding?.targets[output.id] ?? []
  const target = named ?? dataset.defaultTarget
  const column = dataset.columns.find(({ name, type }) => name === target && type === 'category')
  const [count, ...others] = output.outputShape
  return others.length === 0 && column?.categories?.length === count ? column?.categories : undefined
}
