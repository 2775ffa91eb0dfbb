import type { ColumnSpec, DatasetInfo } from '../datasets/dataset-spec.ts'
import type { DatasetBinding } from '../document/model-document.ts'
import type { Fix, Problem } from '../problems.ts'
import { sameShape } from '../shapes/broadcast.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { outputHead } from '../training/losses/output-head.ts'
import { withColumns } from './bound-columns.ts'
import type { ModelPlan, PlannedLayer } from './model-plan.ts'

/**
 * The column that an only output of this shape learns when nobody says which. A picture is compared with a picture of
 * its shape, because no class can be told by one; everything else with the dataset's own target.
 */
export function automaticTarget(outputShape: Shape, dataset: DatasetInfo): ColumnSpec | undefined {
  const [image, ...others] = dataset.columns.filter(
    ({ type, shape }) => type === 'image' && sameShape(shape, outputShape),
  )
  const usual = dataset.columns.find(({ name }) => name === dataset.defaultTarget)
  return image && others.length === 0 && usual?.type !== 'image' ? image : usual
}

/** Columns that an output with so many values could learn: those of numbers or classes, and images of that size. */
export function possibleTargets(values: number | undefined, dataset: DatasetInfo): readonly ColumnSpec[] {
  return dataset.columns.filter(({ type, shape }) => type !== 'image' || elementCount(shape) === values)
}

/** Lets an output learn what it was made from: an image column with as many values, the only one of the dataset. */
export function reconstructFix(
  output: PlannedLayer,
  binding: DatasetBinding,
  dataset: DatasetInfo,
): Fix | undefined {
  const values = elementCount(output.outputShape)
  const [image, ...others] = dataset.columns.filter(
    ({ type, shape }) => type === 'image' && elementCount(shape) === values,
  )
  if (!image || others.length > 0) return undefined
  return {
    label: `Reconstruct ${image.name}`,
    edits: [{ type: 'setDataset', dataset: withColumns(binding, 'targets', output.id, [image.name]) }],
  }
}

/** The problems of an output that gives a whole image of the dataset, but is compared with another column. */
export function offerReconstruction(
  problems: readonly Problem[],
  plan: ModelPlan,
  binding: DatasetBinding,
  dataset: DatasetInfo,
  targets: ReadonlyMap<string, readonly ColumnSpec[]>,
): readonly Problem[] {
  const fixes = new Map<string, Fix>()
  for (const id of plan.outputIds) {
    const { output, layer } = outputHead(plan, id)
    const isImage = targets.get(id)?.some(({ type }) => type === 'image') ?? false
    const fix = isImage ? undefined : reconstructFix(output, binding, dataset)
    if (fix) for (const shownOn of [output.id, layer.id]) fixes.set(shownOn, fix)
  }
  return problems.map((problem) => {
    const fix = fixes.get(problem.layerId ?? '')
    return fix
      ? { ...problem, hint: `${problem.hint ?? ''} Or let it ${lowerCase(fix.label)}.`.trim(), fix }
      : problem
  })
}

function lowerCase(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
