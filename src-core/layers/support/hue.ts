import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { LoweringContext } from '../define-layer.ts'
import { affine, drawOne, perPicture } from './augmentation.ts'

/**
 * Turns the hue of colour pictures [batch, 3, height, width] by `turns` of the colour circle, [batch, 1, 1, 1], and keeps
 * value and saturation. In the hexagon of HSV (Smith 1978), V = max, C = max − min, hue 0 … 6 from red, the channel at place
 * n (5, 3, 1 for red, green, blue) is
 *
 *     V − C · clip(min(k, 4 − k), 0, 1),  k = (n + hue) mod 6
 *
 * Brightness shifted or stretched comes out shifted or stretched alike, so that no range of values need be known.
 */
export function turnHue(builder: GraphBuilder, x: TensorValue, turns: TensorValue): TensorValue {
  const apply = (operator: string, ...inputs: TensorValue[]) => builder.apply(operator, inputs)
  const axis = builder.integers([1])
  const largest = builder.apply('ReduceMax', [x, axis], { keepdims: 1 })
  const chroma = apply('Sub', largest, builder.apply('ReduceMin', [x, axis], { keepdims: 1 }))
  const hue = apply('Add', hueOf(builder, x, largest, chroma), affine(builder, turns, 6, 0))
  const places = builder.constant('float32', [1, 3, 1, 1], Float32Array.of(5, 3, 1), 'places')
  const unwound = apply('Add', hue, places)
  const rounds = apply('Floor', affine(builder, unwound, 1 / 6, 0))
  const k = apply('Sub', unwound, affine(builder, rounds, 6, 0))
  const ramp = apply('Min', k, apply('Sub', builder.scalar(4), k))
  const share = apply('Clip', ramp, builder.scalar(0), builder.scalar(1))
  return apply('Sub', largest, apply('Mul', chroma, share))
}

/** A random turn of at most `factor` of the circle either way, for every picture: [batch, 1, 1, 1]. */
export function randomTurns(context: LoweringContext<unknown>, factor: number): TensorValue {
  return perPicture(context.builder, affine(context.builder, drawOne(context), 2 * factor, -factor))
}

/** Hue of every pixel, −1 … 5 sixths of the circle from red: [batch, 1, height, width]; 0 where there is no colour. */
function hueOf(
  builder: GraphBuilder,
  x: TensorValue,
  largest: TensorValue,
  chroma: TensorValue,
): TensorValue {
  const apply = (operator: string, ...inputs: TensorValue[]) => builder.apply(operator, inputs)
  const float = (condition: TensorValue) => builder.apply('Cast', [condition], { to: 1 })
  const not = (flag: TensorValue) => apply('Sub', builder.scalar(1), flag)
  const channels = builder.applyMany('Split', [x, builder.integers([1, 1, 1])], { axis: 1 }, 3)
  const [red = x, green = x, blue = x] = channels
  const isRed = float(apply('GreaterOrEqual', red, largest))
  const isGreen = apply('Mul', not(isRed), float(apply('GreaterOrEqual', green, largest)))
  const isBlue = apply('Sub', not(isRed), isGreen)
  const part = (flag: TensorValue, a: TensorValue, b: TensorValue) => apply('Mul', flag, apply('Sub', a, b))
  const distance = apply(
    'Add',
    apply('Add', part(isRed, green, blue), part(isGreen, blue, red)),
    part(isBlue, red, green),
  )
  const isGrey = float(apply('Equal', chroma, builder.scalar(0)))
  const within = apply('Div', distance, apply('Add', chroma, isGrey))
  const sector = apply('Add', affine(builder, isGreen, 2, 0), affine(builder, isBlue, 4, 0))
  return apply('Add', within, sector)
}
