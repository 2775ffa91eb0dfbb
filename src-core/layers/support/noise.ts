import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import type { MaskRule } from '../define-layer.ts'
import { real } from '../parameter-fields.ts'
import { onlyShape } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'

/** What noise is made with: a part of the lowering context. */
export interface NoiseSource {
  readonly builder: GraphBuilder
  random(shape: Shape): TensorValue
}

/** The share of values that dropout layers drop. */
export function rateField(description: string, defaultRate = 0.5) {
  return real({
    label: 'Rate',
    essential: true,
    description,
    default: defaultRate,
    min: 0,
    max: 0.99,
    step: 0.05,
  })
}

interface RateContext {
  readonly output: Shape
  readonly parameters: { readonly rate: number }
}

function noisyElements({ output, parameters }: RateContext): number {
  return parameters.rate === 0 ? 0 : 2 * elementCount(output)
}

/** What layers have in common that disturb their input while training and pass it on when predicting. */
export const regularizing = {
  category: 'Regularization',
  inputs: singleInput,
  outputs: singleOutput,
  inferShape: onlyShape,
  maskRule: (): MaskRule => 'passes',
  weights: () => [],
} as const

/** The same for layers with a rate, which do nothing where it is 0. */
export const dropping = {
  ...regularizing,
  flops: noisyElements,
  activationElements: noisyElements,
} as const

/** 1 with probability 1 − rate, else 0, in the given batched shape. */
export function keepNoise({ builder, random }: NoiseSource, shape: Shape, rate: number): TensorValue {
  const kept = builder.apply('GreaterOrEqual', [random(shape), builder.scalar(rate)])
  return builder.apply('Cast', [kept], { to: dataTypeCodes.float32 })
}

/** Drops what the noise says and scales up the rest: x · keep / (1 − rate), the noise broadcast from its shape. */
export function dropped(source: NoiseSource, x: TensorValue, noiseShape: Shape, rate: number): TensorValue {
  const { builder } = source
  const keep = keepNoise(source, noiseShape, rate)
  return builder.apply('Mul', [x, builder.apply('Mul', [keep, builder.scalar(1 / (1 - rate))])])
}

/**
 * Noise of the standard normal distribution in the given batched shape, from two uniform streams (Box and Muller, 1958):
 * √(−2 ln(1 − u)) · cos(2π v). At most 5.8, because u is a multiple of 2⁻²⁴.
 */
export function normalNoise({ builder, random }: NoiseSource, shape: Shape): TensorValue {
  const fromOne = builder.apply('Sub', [builder.scalar(1), random(shape)])
  const logarithm = builder.apply('Mul', [builder.apply('Log', [fromOne]), builder.scalar(-2)])
  const angle = builder.apply('Mul', [random(shape), builder.scalar(2 * Math.PI)])
  return builder.apply('Mul', [builder.apply('Sqrt', [logarithm]), builder.apply('Cos', [angle])])
}
