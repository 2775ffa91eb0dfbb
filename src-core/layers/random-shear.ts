import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { affineSamplingFlops, sampleAffine } from './support/affine-sampler.ts'
import { between, drawPerSample, inferSameImage, perSample } from './support/augmentation.ts'
import { onlyTensor } from './support/context.ts'
import { fillFields, interpolationField } from './support/filling.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomShearLayer = defineLayer({
  kind: 'randomShear',
  label: 'RandomShear',
  category: 'Augmentation',
  description:
    'While training, slants each image by a random amount, as italics slant letters. Does nothing when predicting.',
  formula:
    'y[column, row] = x[column + a · row, row + b · column], a and b uniform in ± factor, from the centre',
  reference: 'Keras 3: keras.layers.RandomShear; ONNX: GridSample',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    xFactor: real({
      label: 'Horizontal factor',
      essential: true,
      description: 'The most that rows move sideways, in pixels per row (the tangent of the angle).',
      default: 0.2,
      min: 0,
      max: 2,
      step: 0.05,
    }),
    yFactor: real({
      label: 'Vertical factor',
      description: 'The most that columns move up or down, in pixels per column.',
      default: 0,
      min: 0,
      max: 2,
      step: 0.05,
    }),
    interpolation: interpolationField,
    ...fillFields,
  },
  inferShape: inferSameImage,
  weights: () => [],
  flops: affineSamplingFlops,
  lower: (context) => {
    const { builder, parameters, training } = context
    const { xFactor, yFactor } = parameters
    const x = onlyTensor(context)
    if (!training || (xFactor === 0 && yFactor === 0)) return x
    const [first, second] = drawPerSample(context, 2)
    if (!first || !second) throw new Error('randomShear drew too few numbers')
    const sideways = between(builder, first, -xFactor, xFactor)
    const upwards = between(builder, second, -yFactor, yFactor)
    const [zero, one] = [perSample(context, 0), perSample(context, 1)]
    const reach = {
      rows: (yFactor * (sizeAt(x.shape, 3) - 1)) / 2,
      columns: (xFactor * (sizeAt(x.shape, 2) - 1)) / 2,
    }
    return sampleAffine(
      builder,
      x,
      { column: [one, sideways, zero], row: [upwards, one, zero], reach },
      parameters,
    )
  },
})
