import type { WeightSpec } from '../../../compile/model-plan.ts'
import type { InitializerKind } from '../../../training/initializers.ts'

export interface CellParameters {
  readonly units: number
  readonly useBias: boolean
  readonly kernelInitializer: InitializerKind
  readonly recurrentInitializer: InitializerKind
  readonly kernelL2: number
}

/** Kernel [features, gates · units], recurrent kernel [units, gates · units] and, where wanted, a bias. */
export function cellWeights(
  parameters: CellParameters,
  features: number,
  gates: number,
  bias: WeightSpec,
): WeightSpec[] {
  const { units, useBias, kernelInitializer, recurrentInitializer, kernelL2 } = parameters
  const columns = gates * units
  return [
    {
      name: 'kernel',
      shape: [features, columns],
      initializer: { kind: kernelInitializer, fanIn: features, fanOut: columns },
      trainable: true,
      ...(kernelL2 > 0 ? { regularizer: { l1: 0, l2: kernelL2 } } : {}),
    },
    {
      name: 'recurrentKernel',
      shape: [units, columns],
      initializer: { kind: recurrentInitializer, fanIn: units, fanOut: columns },
      trainable: true,
    },
    ...(useBias ? [bias] : []),
  ]
}

/** A bias that starts at zero. */
export function zeroBias(shape: readonly number[]): WeightSpec {
  const size = shape.at(-1) ?? 1
  return { name: 'bias', shape, initializer: { kind: 'zeros', fanIn: size, fanOut: size }, trainable: true }
}

/** Operations of one step: both products, and some per value of the state. */
export function cellFlops(features: number, units: number, gates: number, perUnit: number): number {
  return 2 * (features + units) * gates * units + perUnit * units
}
