import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { boolean } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { affineWeights, applyAffine } from './support/normalizing.ts'
import { pointwise } from './support/pointwise.ts'

export const scaleLayer = defineLayer({
  ...pointwise,
  kind: 'scale',
  label: 'Scale',
  category: 'Mathematics',
  description:
    'Multiplies every channel with a learned factor and adds a learned shift; what normalization layers end with.',
  formula: 'y = gamma · x + beta, for each channel',
  reference: 'Caffe: Scale; Keras 3: the gamma and beta of keras.layers.BatchNormalization',
  parameters: {
    scale: boolean({ label: 'Scale', description: 'Learns a factor (gamma), 1 at first.', default: true }),
    center: boolean({ label: 'Center', description: 'Learns a shift (beta), 0 at first.', default: true }),
  },
  weights: ({ output, parameters }) => affineWeights(parameters, output),
  flops: ({ output, parameters }) =>
    ((parameters.scale ? 1 : 0) + (parameters.center ? 1 : 0)) * elementCount(output),
  lower: (context) => applyAffine(context, onlyTensor(context)),
})
