import { sizeAt } from '../shapes/axes.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { between, drawPerSample, inferSameImage } from './support/augmentation.ts'
import { axisSamplingFlops, pixelPositions, sampleAxes } from './support/axis-sampler.ts'
import { onlyTensor } from './support/context.ts'
import { fillFields, interpolationField } from './support/filling.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomTranslationLayer = defineLayer({
  kind: 'randomTranslation',
  label: 'RandomTranslation',
  category: 'Augmentation',
  description:
    'While training, moves each image by a random distance up or down and left or right. Does nothing when predicting.',
  formula: 'y[row, column] = x[row − a · height, column − b · width], a and b uniform in ± factor',
  reference: 'Keras 3: keras.layers.RandomTranslation',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    heightFactor: real({
      label: 'Height factor',
      essential: true,
      description: 'The most that an image moves up or down, as a share of its height.',
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.05,
    }),
    widthFactor: real({
      label: 'Width factor',
      essential: true,
      description: 'The most that an image moves left or right, as a share of its width.',
      default: 0.1,
      min: 0,
      max: 1,
      step: 0.05,
    }),
    interpolation: interpolationField,
    ...fillFields,
  },
  inferShape: inferSameImage,
  weights: () => [],
  flops: axisSamplingFlops,
  lower: (context) => {
    const { builder, parameters, training } = context
    const { heightFactor, widthFactor } = parameters
    const x = onlyTensor(context)
    if (!training || (heightFactor === 0 && widthFactor === 0)) return x
    const [down, right] = drawPerSample(context, 2)
    if (!down || !right) throw new Error('randomTranslation drew too few numbers')
    const moved = (noise: TensorValue, axis: 2 | 3, factor: number) => {
      const size = sizeAt(x.shape, axis)
      const distance = between(builder, noise, -factor * size, factor * size)
      return builder.apply('Sub', [pixelPositions(builder, size), distance])
    }
    const positions = { rows: moved(down, 2, heightFactor), columns: moved(right, 3, widthFactor) }
    return sampleAxes(builder, x, positions, parameters)
  },
})
