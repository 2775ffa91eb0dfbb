import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../tensor-graph/types.ts'

/** Cosine and sine of every step's angles, [steps, features], both halves alike. */
export interface RotationAngles {
  readonly steps: number
  readonly features: number
  readonly cosine: Float32Array
  readonly sine: Float32Array
}

/** θ[t, k] = t / maxWavelength^(2k / features) for k below features / 2 (Su et al. 2021). */
export function rotationAngles(steps: number, features: number, maxWavelength: number): RotationAngles {
  const half = features / 2
  const angle = (index: number) => {
    const column = index % features
    return ((index - column) / features) * maxWavelength ** ((-2 * (column % half)) / features)
  }
  const table = (of: (angle: number) => number) =>
    Float32Array.from({ length: steps * features }, (_, index) => of(angle(index)))
  return { steps, features, cosine: table(Math.cos), sine: table(Math.sin) }
}

/** x · cos + (−second half, first half) · sin over the last two axes [steps, features] of x. */
export function rotate(
  builder: GraphBuilder,
  x: TensorValue,
  { steps, features, cosine, sine }: RotationAngles,
): TensorValue {
  const axis = x.shape.length - 1
  const sizes = builder.integers([features / 2, features / 2])
  const [first = x, second = x] = builder.applyMany('Split', [x, sizes], { axis }, 2)
  const turned = builder.apply('Concat', [builder.apply('Neg', [second]), first], { axis })
  const constant = (data: Float32Array, name: string) =>
    builder.constant('float32', [steps, features], data, name)
  return builder.apply('Add', [
    builder.apply('Mul', [x, constant(cosine, 'cosine')]),
    builder.apply('Mul', [turned, constant(sine, 'sine')]),
  ])
}
