import type { WeightSpec } from '../../compile/model-plan.ts'
import type { Shape } from '../../tensor-graph/types.ts'
import type { InitializerKind } from '../../training/initializers.ts'
import { boolean, initializer, penalty, real, vectorInitializer } from '../parameter-fields.ts'
import { type ConstraintParameters, constraintFields, kernelConstraint } from './kernel-constraint.ts'

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
  biasInitializer: vectorInitializer({
    label: 'Bias initializer',
    description: 'What the bias starts from.',
    default: 'zeros',
  }),
  initializerConstant: real({
    label: 'Initializer constant',
    description: 'What the initializer "constant" fills the kernel or the bias with.',
    default: 0,
    min: -100,
    max: 100,
    advanced: true,
  }),
  ...constraintFields,
  kernelL1: penalty({
    label: 'Kernel L1 penalty',
    description: 'Adds this times the sum of absolute kernel values to the loss; drives values to zero.',
  }),
  kernelL2: penalty({
    label: 'Kernel L2 penalty',
    description: 'Adds this times the sum of squared kernel values to the loss; keeps values small.',
  }),
} as const

interface KernelParameters extends ConstraintParameters {
  readonly useBias: boolean
  readonly kernelInitializer: InitializerKind
  readonly biasInitializer: InitializerKind
  readonly initializerConstant?: number
  readonly kernelL1: number
  readonly kernelL2: number
}

/** What a kernel starts from and what it is penalised with. */
export interface KernelStart {
  readonly initializer: InitializerKind
  /** What the initializer "constant" fills with; 0 when absent. */
  readonly constant?: number
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
    initializer: { ...drawn(initializer, start.constant), fanIn: kernel.fanIn, fanOut: kernel.fanOut },
    trainable: true,
    ...(l1 > 0 || l2 > 0 ? { regularizer: { l1, l2 } } : {}),
  }
}

/** A trainable vector with a value for each of `size` channels. */
export function channelWeight(
  name: string,
  kind: InitializerKind,
  size: number,
  constant?: number,
): WeightSpec {
  const initializer = { ...drawn(kind, constant), fanIn: size, fanOut: size }
  return { name, shape: [size], initializer, trainable: true }
}

function drawn(kind: InitializerKind, constant = 0) {
  return { kind, ...(kind === 'constant' && { value: constant }) }
}

/** Kernel and, where wanted, bias of a layer with `outputs` output channels. */
export function kernelWeights(
  parameters: KernelParameters,
  kernel: KernelSize,
  outputs: number,
): WeightSpec[] {
  const {
    useBias,
    kernelInitializer,
    biasInitializer,
    kernelL1,
    kernelL2,
    initializerConstant = 0,
  } = parameters
  const start = { initializer: kernelInitializer, constant: initializerConstant, l1: kernelL1, l2: kernelL2 }
  const constraint = kernelConstraint(parameters, kernel.shape)
  const weights = [{ ...kernelWeight('kernel', start, kernel), ...(constraint && { constraint }) }]
  return useBias
    ? [...weights, channelWeight('bias', biasInitializer, outputs, initializerConstant)]
    : weights
}
