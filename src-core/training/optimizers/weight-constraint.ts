import { assertNever } from '../../assert-never.ts'
import type { ConstraintSpec } from '../../compile/model-plan.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/** Keras's `backend.epsilon()`, which keeps norms of zero from dividing. */
const epsilon = 1e-7

/**
 * The weight within its limits, as in Keras 3's `keras.constraints`: w · desired / (ε + norm), where the desired norm is
 * the norm itself brought between the limits (minMaxNorm goes only `rate` of the way).
 */
export function constrainWeight(
  builder: GraphBuilder,
  weight: TensorValue,
  constraint: ConstraintSpec,
): TensorValue {
  if (constraint.kind === 'nonNegative') return builder.apply('Relu', [weight])
  const norm = builder.apply('ReduceL2', [weight, builder.integers(constraint.axes)], { keepdims: 1 })
  const raised = builder.apply('Add', [norm, builder.scalar(epsilon)])
  const desired = desiredNorm(builder, norm, constraint)
  return builder.apply('Mul', [weight, builder.apply('Div', [desired, raised])])
}

function desiredNorm(builder: GraphBuilder, norm: TensorValue, constraint: ConstraintSpec): TensorValue {
  const { kind, minimum, maximum, rate } = constraint
  const clipped = (least: number) =>
    builder.apply('Clip', [norm, builder.scalar(least), builder.scalar(maximum)])
  switch (kind) {
    case 'unitNorm':
      return builder.scalar(1)
    case 'maxNorm':
      return clipped(0)
    case 'minMaxNorm': {
      const share = (value: TensorValue, factor: number) =>
        builder.apply('Mul', [value, builder.scalar(factor)])
      return rate === 1
        ? clipped(minimum)
        : builder.apply('Add', [share(clipped(minimum), rate), share(norm, 1 - rate)])
    }
    case 'nonNegative':
      throw new Error('the constraint nonNegative has no norm')
    default:
      return assertNever(kind, 'constraint')
  }
}
