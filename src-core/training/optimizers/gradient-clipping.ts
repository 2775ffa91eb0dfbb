import { assertNever } from '../../assert-never.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { WeightGroup } from '../weight-groups.ts'
import type { ClippingConfig } from '../weight-update-config.ts'

/** Gradients by group, in the form in which groups are packed. */
export type GroupGradients = ReadonlyMap<WeightGroup, TensorValue>

/**
 * Bounds gradients as Keras 3 does: every element to ±limit (`clipvalue`), every weight's gradient to the length limit
 * (`clipnorm`), or all gradients together to it (`global_clipnorm`). Shorter ones stay as they are.
 */
export function clipGradients(
  builder: GraphBuilder,
  gradients: GroupGradients,
  { kind, limit }: ClippingConfig,
): GroupGradients {
  switch (kind) {
    case 'value':
      return mapGradients(gradients, (gradient) =>
        builder.apply('Clip', [gradient, builder.scalar(-limit), builder.scalar(limit)]),
      )
    case 'norm':
      return mapGradients(gradients, (gradient, group) => clipWeights(builder, group, gradient, limit))
    case 'globalNorm': {
      const scale = shortening(builder, globalNorm(builder, [...gradients.values()]), limit)
      return mapGradients(gradients, (gradient) => builder.apply('Mul', [gradient, scale]))
    }
    default:
      return assertNever(kind, 'clipping')
  }
}

function mapGradients(
  gradients: GroupGradients,
  change: (gradient: TensorValue, group: WeightGroup) => TensorValue,
): GroupGradients {
  return new Map([...gradients].map(([group, gradient]) => [group, change(gradient, group)]))
}

/** Every weight of a group by its own length. */
function clipWeights(
  builder: GraphBuilder,
  { weights }: WeightGroup,
  gradient: TensorValue,
  limit: number,
): TensorValue {
  const clip = (piece: TensorValue) => {
    const norm = builder.apply('ReduceL2', [piece], { keepdims: 0 })
    return builder.apply('Mul', [piece, shortening(builder, norm, limit)])
  }
  if (weights.length === 1) return clip(gradient)
  const sizes = builder.integers(weights.map(({ size }) => size))
  const pieces = builder.applyMany('Split', [gradient, sizes], { axis: 0 }, weights.length)
  return builder.apply('Concat', pieces.map(clip), { axis: 0 })
}

/** The length of all tensors as one vector: a float32 scalar. */
function globalNorm(builder: GraphBuilder, values: readonly TensorValue[]): TensorValue {
  const [first, ...rest] = values.map((value) => builder.apply('ReduceSumSquare', [value], { keepdims: 0 }))
  if (!first) return builder.scalar(0)
  return builder.apply('Sqrt', [rest.reduce((sum, term) => builder.apply('Add', [sum, term]), first)])
}

/** limit / max(norm, limit): what brings a gradient of this length down to the limit. */
function shortening(builder: GraphBuilder, norm: TensorValue, limit: number): TensorValue {
  const bound = builder.scalar(limit)
  return builder.apply('Div', [bound, builder.apply('Max', [norm, bound])])
}
