import type { WeightSpec } from '../../compile/model-plan.ts'
import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { integer } from '../parameter-fields.ts'

/** The parameter of layers whose kernel is divided by its largest singular value. */
export const spectralFields = {
  powerIterations: integer({
    label: 'Power iterations',
    description:
      'How often the estimate of the largest singular value is improved at every step; one is enough, because kernels change slowly.',
    default: 1,
    min: 1,
    max: 100,
    advanced: true,
  }),
} as const

/** The estimate of the first left singular vector, kept from one step to the next. */
export function spectralWeight(outputs: number): WeightSpec {
  const initializer = { kind: 'lecunNormal', fanIn: outputs, fanOut: outputs } as const
  return { name: 'vectorU', shape: [1, outputs], initializer, trainable: false }
}

interface SpectralContext {
  readonly builder: GraphBuilder
  readonly parameters: { readonly powerIterations: number }
  readonly training: boolean
  weight(name: string): TensorValue
  updateWeight(name: string, next: TensorValue): void
}

/**
 * The kernel divided by its largest singular value σ, estimated by power iteration from `vectorU`: v = u Wᵀ / ‖u Wᵀ‖,
 * u = v W / ‖v W‖, σ = ‖v W‖ (Miyato et al., 2018). W has a column for each output; `outputAxis` says where the kernel
 * has them, first as in convolutions or last. While training, `vectorU` moves on. As in PyTorch, the kernel
 * itself stays what the optimizer makes of it and is divided anew each time (Keras overwrites it). Gradients take the
 * whole way, through the iteration too, which both leave out.
 */
export function spectralKernel(context: SpectralContext, outputAxis: 'first' | 'last'): TensorValue {
  const { builder, parameters, training, weight, updateWeight } = context
  const kernel = weight('kernel')
  const [outputs] = weight('vectorU').shape.slice(1)
  const sizes = outputAxis === 'first' ? [outputs ?? 1, -1] : [-1, outputs ?? 1]
  const matrix = builder.apply('Reshape', [kernel, builder.integers(sizes)])
  const [forwards, backwards] = outputAxis === 'first' ? [1, 0] : [0, 1]
  const times = (vector: TensorValue, transB: number) => builder.apply('Gemm', [vector, matrix], { transB })
  let u = weight('vectorU')
  let norm = builder.scalar(1)
  for (let iteration = 0; iteration < parameters.powerIterations; iteration++) {
    const v = times(u, backwards)
    const image = times(builder.apply('Div', [v, lengthOf(builder, v).divisor]), forwards)
    const { divisor, isZero } = lengthOf(builder, image)
    norm = divisor
    u = builder.apply('Div', [builder.apply('Add', [image, builder.apply('Mul', [u, isZero])]), norm])
  }
  if (training) updateWeight('vectorU', u)
  return builder.apply('Div', [kernel, norm])
}

/** ‖x‖₂ as a scalar, and 1 instead of 0: a kernel of zeros, and the estimate beside it, stay as they are. */
function lengthOf(builder: GraphBuilder, x: TensorValue) {
  const length = builder.apply('ReduceL2', [x], { keepdims: 0 })
  const isZero = builder.apply('Cast', [builder.apply('Equal', [length, builder.scalar(0)])], {
    to: dataTypeCodes.float32,
  })
  return { divisor: builder.apply('Add', [length, isZero]), isZero }
}
