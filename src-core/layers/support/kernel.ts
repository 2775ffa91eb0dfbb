import type { WeightSpec } from '../../compile/model-plan.ts'
import type { Shape } from '../../tensor-graph/types.ts'
import type { InitializerKind } from '../../training/initializers.ts'
import { boolean, initializer, penalty } from '../parameter-fields.ts'

/** Parameters of every layer with a kernel and a bias. */
export const kernelFields = {
  useBias: boolean({
    label: 'Use bias',
    description: 'Adds a learned constant to every output.',
    default: true,
    advanced: true,
  }),
  kernelInitializer: initializer({
    label: 'Kernel initializer',
    description: 'How the kernel’s random first values are drawn.',
    default: 'glorotUniform',
  }),
  biasInitializer: initializer({
    label: 'Bias initializer',
    description: 'What the bias starts from.',
    default: 'zeros',
  }),
  kernelL1: penalty({
    label: 'Kernel L1 penalty',
    description: 'Adds this times the sum of absolute kernel values to the loss; drives values to zero.',
  }),
  kernelL2: penalty({
    label: 'Kernel L2 penalty',
    description: 'Adds this times the sum of squared kernel values to the loss; keeps values small.',
  }),
} as const

interface KernelParameters {
  readonly useBias: boolean
  readonly kernelInitializer: InitializerKind
  readonly biasInitializer: InitializerKind
  readonly kernelL1: number
  readonly kernelL2: number
}

/** What a kernel starts from and what it is penalised with. */
export interface KernelStart {
  readonly initializer: InitializerKind
  readonly l1: number
  readonly l2: number
}

/** The size of a kernel and its fans, as keras.initializers counts them. */
export interface KernelSize {
  readonly shape: Shape
  readonly fanIn: number
  readonly fanOut: number
}

/** A trainable kernel of any name. */
export function kernelWeight(name: string, start: KernelStart, kernel: KernelSize): WeightSpec {
  const { initializer, l1, l2 } = start
  return {
    name,
    shape: kernel.shape,
    initializer: { kind: initializer, fanIn: kernel.fanIn, fanOut: kernel.fanOut },
    trainable: true,
    ...(l1 > 0 || l2 > 0 ? { regularizer: { l1, l2 } } : {}),
  }
}

/** A trainable vector with a value for each of `size` channels. */
export function channelWeight(name: string, kind: InitializerKind, size: number): WeightSpec {
  return { name, shape: [size], initializer: { kind, fanIn: size, fanOut: size }, trainable: true }
}

/** Kernel and, where wanted, bias of a layer with `outputs` output channels. */
export function kernelWeights(
  parameters: KernelParameters,
  kernel: KernelSize,
  outputs: number,
): WeightSpec[] {
  const { useBias, kernelInitializer, biasInitializer, kernelL1, kernelL2 } = parameters
  const start = { initializer: kernelInitializer, l1: kernelL1, l2: kernelL2 }
  const weights = [kernelWeight('kernel', start, kernel)]
  return useBias ? [...weights, channelWeight('bias', biasInitializer, outputs)] : weights
}
