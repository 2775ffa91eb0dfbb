import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { choice, initializer, penalty } from './parameter-fields.ts'
import { alongChannels, perChannelWeight } from './support/channels.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const preluLayer = defineLayer({
  ...pointwise,
  kind: 'prelu',
  label: 'PReLU',
  category: 'Activation',
  description: 'A leaky ReLU that learns its slope for negative values.',
  formula: 'y = max(x, 0) + alpha · min(x, 0)',
  reference:
    'He et al., "Delving Deep into Rectifiers", 2015; Keras 3: keras.layers.PReLU(shared_axes=…); ONNX: PRelu',
  parameters: {
    sharing: choice({
      label: 'Slopes',
      description:
        'How many slopes are learned: one for each channel, one for all values together, or one for every single value (what Keras does without shared axes).',
      default: 'perChannel',
      choices: ['perChannel', 'one', 'perValue'],
    }),
    alphaInitializer: initializer({
      label: 'Slope initializer',
      description: 'What the slopes start from; zeros starts as a plain ReLU.',
      default: 'zeros',
    }),
    alphaL2: penalty({
      label: 'Slope L2 penalty',
      description: 'Adds this times the sum of squared slopes to the loss.',
    }),
  },
  weights: ({ output, parameters }) => {
    const { sharing, alphaInitializer: kind, alphaL2 } = parameters
    const channel = perChannelWeight('alpha', output, kind)
    const shape = sharing === 'perChannel' ? channel.shape : sharing === 'one' ? [1] : output
    const regularizer = alphaL2 > 0 ? { regularizer: { l1: 0, l2: alphaL2 } } : {}
    return [{ ...channel, shape, ...regularizer }]
  },
  flops: ({ output }) => 4 * elementCount(output),
  lower: ({ builder, inputs, parameters, weight }) => {
    const x = onlyTensor({ inputs })
    const alpha = weight('alpha')
    const slopes = parameters.sharing === 'perChannel' ? alongChannels(builder, alpha, x) : alpha
    const negative = builder.apply('Min', [x, builder.scalar(0)])
    return builder.apply('Add', [builder.apply('Relu', [x]), builder.apply('Mul', [negative, slopes])])
  },
})
