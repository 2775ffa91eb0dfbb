import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import type { MaskRule, ShapeRefusal } from '../define-layer.ts'
import { boolean } from '../parameter-fields.ts'
import { axisField, fromFront, requireAxis } from './axis.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'

/** Parameters of layers that fold one axis of a sample. */
export const reductionFields = {
  axis: axisField({
    description:
      'The axis of one sample that is folded, counted from 0: 0 is the channels of an image or the steps of a sequence; −1 is the last axis.',
    default: -1,
  }),
  keepDimensions: boolean({
    label: 'Keep dimensions',
    description: 'Leaves the folded axis with size 1 instead of taking it away.',
    default: false,
  }),
} as const

export interface ReductionParameters {
  readonly axis: number
  readonly keepDimensions: boolean
}

/** A list becomes a list of one value: a sample always has an axis. */
function keepsAxis(shape: Shape, { keepDimensions }: ReductionParameters): boolean {
  return keepDimensions || shape.length === 1
}

/** The shape without the axis, or with size 1 on it. */
export function inferReduction(shape: Shape, parameters: ReductionParameters): Shape | ShapeRefusal {
  const refusal = requireAxis(shape, parameters.axis)
  if (refusal) return refusal
  const at = fromFront(parameters.axis, shape.length)
  return keepsAxis(shape, parameters) ? shape.with(at, 1) : shape.toSpliced(at, 1)
}

/** Applies an operator of the Reduce family to the axis of a batched tensor. */
export function reduce(
  builder: GraphBuilder,
  operator: string,
  x: TensorValue,
  parameters: ReductionParameters,
): TensorValue {
  const sample = x.shape.slice(1)
  const axis = 1 + fromFront(parameters.axis, sample.length)
  const keepdims = keepsAxis(sample, parameters) ? 1 : 0
  return builder.apply(operator, [x, builder.integers([axis])], { keepdims })
}

interface ReductionContext {
  readonly builder: GraphBuilder
  readonly inputs: readonly TensorValue[]
  readonly parameters: ReductionParameters
}

/** Parts of a layer that folds one axis by an operator of the Reduce family. */
export function reducedBy(operator: string) {
  return {
    category: 'Mathematics',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: reductionFields,
    inferShape: ({ inputs, parameters }: { inputs: readonly Shape[]; parameters: ReductionParameters }) =>
      inferReduction(onlyShape({ inputs }), parameters),
    maskRule: keptSteps,
    weights: () => [],
    flops: (context: { readonly inputs: readonly Shape[] }) => elementCount(onlyShape(context)),
    lower: ({ builder, inputs, parameters }: ReductionContext) =>
      reduce(builder, operator, onlyTensor({ inputs }), parameters),
  } as const
}

/** Steps stay steps where another axis is folded and left in place. */
export function keptSteps(context: {
  readonly inputs: readonly Shape[]
  readonly parameters: ReductionParameters
}): MaskRule {
  const { axis, keepDimensions } = context.parameters
  return keepDimensions && fromFront(axis, onlyShape(context).length) > 0 ? 'passes' : 'ignores'
}
