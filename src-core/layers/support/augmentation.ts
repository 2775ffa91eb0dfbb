import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { LayerContext, LoweringContext, ShapeRefusal } from '../define-layer.ts'
import { real } from '../parameter-fields.ts'
import { onlyShape } from './context.ts'
import { requireImage } from './refusals.ts'

/** Images keep their shape; everything else is refused. */
export function inferSameImage(context: LayerContext<unknown>): Shape | ShapeRefusal {
  const image = onlyShape(context)
  return requireImage(image) ?? image
}

/** The share of pictures that a layer changes; the others pass as they are. */
export function probabilityField(options: { readonly default: number; readonly what: string }) {
  return real({
    label: 'Probability',
    description: `The share of pictures that ${options.what}.`,
    default: options.default,
    min: 0,
    max: 1,
    step: 0.05,
  })
}

/** `count` uniform numbers in [0, 1) for every sample of the batch, each float32 [batch, 1]. */
export function drawPerSample(context: LoweringContext<unknown>, count: number): readonly TensorValue[] {
  const noise = context.random([context.batchSize, count])
  if (count === 1) return [noise]
  return context.builder.applyMany('Split', [noise], { axis: 1, num_outputs: count }, count)
}

/** One uniform number in [0, 1) for every sample of the batch, float32 [batch, 1]. */
export function drawOne(context: LoweringContext<unknown>): TensorValue {
  return context.random([context.batchSize, 1])
}

/** Stretches uniform noise in [0, 1) to [low, high). */
export function between(builder: GraphBuilder, noise: TensorValue, low: number, high: number): TensorValue {
  return affine(builder, noise, high - low, low)
}

/** factor · x + offset, without nodes for a factor of 1 and an offset of 0. */
export function affine(builder: GraphBuilder, x: TensorValue, factor: number, offset: number): TensorValue {
  const scaled = factor === 1 ? x : builder.apply('Mul', [x, builder.scalar(factor)])
  return offset === 0 ? scaled : builder.apply('Add', [scaled, builder.scalar(offset)])
}

/** Spreads numbers per sample, [batch, 1], over pictures: [batch, 1, 1, 1]. */
export function perPicture(builder: GraphBuilder, values: TensorValue): TensorValue {
  return builder.apply('Reshape', [values, builder.integers([0, 1, 1, 1])])
}

/** `changed` for the pictures whose noise ([batch, 1]) is below the probability, x for the others. */
export function chooseChanged(
  builder: GraphBuilder,
  noise: TensorValue,
  probability: number,
  changed: TensorValue,
  x: TensorValue,
): TensorValue {
  if (probability === 1) return changed
  const chosen = builder.apply('Less', [perPicture(builder, noise), builder.scalar(probability)])
  return builder.apply('Where', [chosen, changed, x])
}

/** The same number for every sample: [batch, 1]. */
export function perSample(context: LoweringContext<unknown>, value: number): TensorValue {
  const { builder, batchSize } = context
  return builder.constant('float32', [batchSize, 1], new Float32Array(batchSize).fill(value), 'number')
}

/** Refuses a range whose lower end is above its upper end. `what` names the lower end in a sentence. */
export function refuseReversed(
  parameter: string,
  what: string,
  low: number,
  high: number,
): ShapeRefusal | undefined {
  if (low <= high) return undefined
  return {
    code: 'layer.badParameter',
    expected: `expects its ${what} (${low}) to be at most the upper end of the range (${high})`,
    hint: 'Swap the two numbers.',
    parameter,
    ownFault: true,
  }
}
