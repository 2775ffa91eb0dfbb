import type { WeightSpec } from '../../../compile/model-plan.ts'
import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../tensor-graph/types.ts'
import { prefixed } from '../prefixed.ts'
import { type AttentionRules, attend, dotScores } from './scaled-dot-product.ts'

export interface HeadSizes {
  readonly heads: number
  /** Heads of keys and values; each serves several heads of queries when there are fewer. */
  readonly keyValueHeads: number
  readonly keyDim: number
  readonly valueDim: number
}

export interface AttentionSizes extends HeadSizes {
  readonly queryFeatures: number
  readonly keyFeatures: number
  readonly valueFeatures: number
  readonly outputFeatures: number
  readonly useBias: boolean
}

/**
 * Kernels [features, heads · size] for query, key and value, and [heads · size, features] for the output: the memory
 * layout of Keras's [features, heads, size].
 */
export function attentionWeights(sizes: AttentionSizes, prefix = ''): WeightSpec[] {
  const { heads, keyValueHeads, keyDim, valueDim, useBias } = sizes
  const pair = (name: string, rows: number, columns: number): WeightSpec[] => {
    const initializer = { fanIn: rows, fanOut: columns }
    const kernel = {
      name: prefixed(prefix, `${name}Kernel`),
      shape: [rows, columns],
      initializer: { kind: 'glorotUniform', ...initializer },
      trainable: true,
    } as const
    const bias = {
      name: prefixed(prefix, `${name}Bias`),
      shape: [columns],
      initializer: { kind: 'zeros', ...initializer },
      trainable: true,
    } as const
    return useBias ? [kernel, bias] : [kernel]
  }
  return [
    ...pair('query', sizes.queryFeatures, heads * keyDim),
    ...pair('key', sizes.keyFeatures, keyValueHeads * keyDim),
    ...pair('value', sizes.valueFeatures, keyValueHeads * valueDim),
    ...pair('output', heads * valueDim, sizes.outputFeatures),
  ]
}

export interface HeadedAttention {
  readonly rules: AttentionRules
  readonly sizes: HeadSizes
  readonly query: TensorValue
  readonly key: TensorValue
  readonly value: TensorValue
  readonly useBias: boolean
  readonly prefix: string
  weight(name: string): TensorValue
}

/** Multi-head attention (Vaswani et al. 2017) of batched sequences [batch, steps, features]. */
export function attendWithHeads(attention: HeadedAttention): TensorValue {
  const { rules, sizes, prefix } = attention
  const { builder } = rules
  const { heads, keyValueHeads, keyDim, valueDim } = sizes
  const project = (x: TensorValue, name: string) =>
    affineSequence(attention, x, prefixed(prefix, `${name}Kernel`), prefixed(prefix, `${name}Bias`))
  const scale = builder.scalar(1 / Math.sqrt(keyDim))
  const scaled = builder.apply('Mul', [project(attention.query, 'query'), scale])
  const query = splitHeads(builder, scaled, heads, keyDim)
  const share = (x: TensorValue) => repeatHeads(builder, x, heads / keyValueHeads)
  const key = share(splitHeads(builder, project(attention.key, 'key'), keyValueHeads, keyDim))
  const value = share(splitHeads(builder, project(attention.value, 'value'), keyValueHeads, valueDim))
  const read = attend(rules, dotScores(builder, query, key), value)
  const steps = read.shape[2] ?? 1
  const joined = builder.apply('Reshape', [
    builder.apply('Transpose', [read], { perm: [0, 2, 1, 3] }),
    builder.integers([0, steps, heads * valueDim]),
  ])
  return project(joined, 'output')
}

/** x · kernel + bias over the last axis. */
function affineSequence(
  { rules: { builder }, useBias, weight }: HeadedAttention,
  x: TensorValue,
  kernel: string,
  bias: string,
): TensorValue {
  const product = builder.apply('MatMul', [x, weight(kernel)])
  return useBias ? builder.apply('Add', [product, weight(bias)]) : product
}

/** [batch, steps, heads · size] → [batch, heads, steps, size]. */
function splitHeads(builder: GraphBuilder, x: TensorValue, heads: number, size: number): TensorValue {
  const steps = x.shape[1] ?? 1
  const apart = builder.apply('Reshape', [x, builder.integers([0, steps, heads, size])])
  return builder.apply('Transpose', [apart], { perm: [0, 2, 1, 3] })
}

/** Every head `times` times in a row, along the axis of the heads. */
function repeatHeads(builder: GraphBuilder, x: TensorValue, times: number): TensorValue {
  if (times === 1) return x
  const heads = x.shape[1] ?? 1
  const order = Array.from({ length: heads * times }, (_, index) => Math.floor(index / times))
  return builder.apply('Gather', [x, builder.integers(order)], { axis: 1 })
}

/** Operations of the projections, the scores and the reading of one sample. */
export function attentionFlops(sizes: AttentionSizes, queries: number, keys: number): number {
  const { heads, keyValueHeads, keyDim, valueDim } = sizes
  const projections =
    queries * (sizes.queryFeatures * heads * keyDim + heads * valueDim * sizes.outputFeatures) +
    keys * keyValueHeads * (sizes.keyFeatures * keyDim + sizes.valueFeatures * valueDim)
  return 2 * projections + heads * queries * keys * (2 * keyDim + 2 * valueDim + 3)
}

/** float32 elements that the forward pass keeps for one sample. */
export function attentionElements(sizes: AttentionSizes, queries: number, keys: number): number {
  const { heads, keyValueHeads, keyDim, valueDim, outputFeatures } = sizes
  const projected = heads * queries * (keyDim + valueDim) + keyValueHeads * keys * (keyDim + valueDim)
  return 2 * projected + 2 * heads * queries * keys + queries * outputFeatures
}
