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

/** Kernel and, where wanted, bias of a layer with `outputs` output channels. Fans as keras.initializers counts them. */
export function kernelWeights(
  parameters: KernelParameters,
  kernel: { readonly shape: Shape; readonly fanIn: number; readonly fanOut: number },
  outputs: number,
): WeightSpec[] {
  const { useBias, kernelInitializer, biasInitializer, kernelL1, kernelL2 } = parameters
  const constant = parameters.initializerConstant ?? 0
  const spec = (kind: InitializerKind) => ({ kind, ...(kind === 'constant' && { value: constant }) })
  const constraint = kernelConstraint(parameters, kernel.shape)
  const regularizer = { l1: kernelL1, l2: kernelL2 }
  const weights: WeightSpec[] = [
    {
      name: 'kernel',
      shape: kernel.shape,
      initializer: { ...spec(kernelInitializer), fanIn: kernel.fanIn, fanOut: kernel.fanOut },
      trainable: true,
      ...(kernelL1 > 0 || kernelL2 > 0 ? { regularizer } : {}),
      ...(constraint && { constraint }),
    },
  ]
  if (!useBias) return weights
  const initializer = { ...spec(biasInitializer), fanIn: outputs, fanOut: outputs }
  return [...weights, { name: 'bias', shape: [outputs], initializer, trainable: true }]
}
