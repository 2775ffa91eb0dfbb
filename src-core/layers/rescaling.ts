import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { affine } from './support/augmentation.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const rescalingLayer = defineLayer({
  kind: 'rescaling',
  label: 'Rescaling',
  category: 'Preprocessing',
  description:
    'Multiplies every value by a number and adds another, as to bring values of 0 to 1 into −1 to 1.',
  formula: 'y = x · scale + offset',
  reference: 'Keras 3: keras.layers.Rescaling',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    scale: real({
      label: 'Scale',
      essential: true,
      description: 'What values are multiplied by; 2 brings 0 … 1 to 0 … 2.',
      default: 2,
      min: -1e5,
      max: 1e5,
      step: 0.1,
    }),
    offset: real({
      label: 'Offset',
      essential: true,
      description: 'What is added afterwards.',
      default: -1,
      min: -1e5,
      max: 1e5,
      step: 0.1,
    }),
  },
  inferShape: onlyShape,
  maskRule: () => 'passes',
  weights: () => [],
  flops: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters }) =>
    affine(builder, onlyTensor({ inputs }), parameters.scale, parameters.offset),
})
