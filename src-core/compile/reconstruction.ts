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

/** An output can learn what it was made from. */
export interface Reconstruction {
  /** The column of images. */
  readonly image: string
  readonly fix: Fix
}

/** Lets an output learn what it was made from: an image column with as many values, the only one of the dataset. */
export function reconstructionOf(
  output: PlannedLayer,
  binding: DatasetBinding,
  dataset: DatasetInfo,
): Reconstruction | undefined {
  const values = elementCount(output.outputShape)
  const [image, ...others] = dataset.columns.filter(
    ({ type, shape }) => type === 'image' && elementCount(shape) === values,
  )
  if (!image || others.length > 0) return undefined
  return {
    image: image.name,
    fix: {
      label: `Reconstruct ${image.name}`,
      edits: [{ type: 'setDataset', dataset: withColumns(binding, 'targets', output.id, [image.name]) }],
    },
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
  const offers = new Map<string, Reconstruction>()
  for (const id of plan.outputIds) {
    const { output, layer } = outputHead(plan, id)
    const isImage = targets.get(id)?.some(({ type }) => type === 'image') ?? false
    const offer = isImage ? undefined : reconstructionOf(output, binding, dataset)
    if (offer) for (const shownOn of [output.id, layer.id]) offers.set(shownOn, offer)
  }
  return problems.map((problem) => {
    const offer = offers.get(problem.layerId ?? '')
    if (!offer) return problem
    const { fix, image } = offer
    const { hint } = problem
    const instead = hint === undefined ? '' : `${hint} `
    return { ...problem, hint: `${instead}Or let it reconstruct ${image}.`, fix }
  })
}
