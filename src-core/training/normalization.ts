import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../tensor-graph/types.ts'

/**
 * How raw values of an input layer become what the model sees: (value − offset) · scale. Fitted on the training part
 * and lowered at the head of every graph, so that exported models take raw values. An array holds one number per
 * value of a sample, or per channel (first axis of the sample).
 */
export interface InputNormalization {
  readonly offset: number | Float32Array
  readonly scale: number | Float32Array
}

/** Adds the nodes that normalise a batch [batch, ...shape]. Throws when an array fits neither values nor channels. */
export function normalizeInput(
  builder: GraphBuilder,
  raw: TensorValue,
  normalization: InputNormalization | undefined,
): TensorValue {
  if (!normalization) return raw
  const sample = raw.shape.slice(1)
  const { offset, scale } = normalization
  const shifted = isAll(offset, 0)
    ? raw
    : builder.apply('Sub', [raw, asConstant(builder, offset, sample, 'offset')])
  return isAll(scale, 1)
    ? shifted
    : builder.apply('Mul', [shifted, asConstant(builder, scale, sample, 'scale')])
}

function isAll(values: number | Float32Array, expected: number): boolean {
  return typeof values === 'number' ? values === expected : values.every((value) => value === expected)
}

function asConstant(
  builder: GraphBuilder,
  values: number | Float32Array,
  sample: Shape,
  name: string,
): TensorValue {
  if (typeof values === 'number') return builder.scalar(values)
  if (values.length === elementCount(sample)) return builder.constant('float32', sample, values, name)
  const [channels = 1, ...rest] = sample
  if (values.length !== channels) {
    throw new Error(`${name} has ${values.length} numbers; a sample has shape [${sample.join(', ')}]`)
  }
  return builder.constant('float32', [channels, ...rest.map(() => 1)], values, name)
}
