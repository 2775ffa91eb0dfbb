import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { boolean } from './parameter-fields.ts'
import { alongChannels, batchedChannelAxis, perChannelWeight } from './support/channels.ts'
import { onlyTensor } from './support/context.ts'
import { epsilonField } from './support/normalizing.ts'
import { pointwise } from './support/pointwise.ts'

export const rmsNormalizationLayer = defineLayer({
  ...pointwise,
  kind: 'rmsNormalization',
  label: 'RMSNormalization',
  category: 'Normalization',
  description:
    'Divides the channels (or the last axis) of every sample by their root mean square, then scales them. Cheaper than layer normalization; usual in language models.',
  formula: 'y = scale · x / √(mean(x²) + epsilon), over the channels',
  reference:
    'Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019; Keras 3: keras.layers.RMSNormalization',
  parameters: {
    epsilon: epsilonField(1e-6),
    scale: boolean({ label: 'Scale', description: 'Learns a factor.', default: true, advanced: true }),
  },
  weights: ({ output, parameters }) => (parameters.scale ? [perChannelWeight('scale', output, 'ones')] : []),
  // Square, mean, division and factor.
  flops: ({ output }) => 4 * elementCount(output),
  activationElements: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters, weight }) => {
    const x = onlyTensor({ inputs })
    const squares = builder.apply('Mul', [x, x])
    const axis = builder.integers([batchedChannelAxis(x)])
    const mean = builder.apply('ReduceMean', [squares, axis], { keepdims: 1 })
    const shifted = builder.apply('Add', [mean, builder.scalar(parameters.epsilon)])
    const normal = builder.apply('Div', [x, builder.apply('Sqrt', [shifted])])
    if (!parameters.scale) return normal
    return builder.apply('Mul', [normal, alongChannels(builder, weight('scale'), x)])
  },
})
