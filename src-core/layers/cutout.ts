import { sizeAt } from '../shapes/axes.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { pair } from './parameter-fields.ts'
import { affine, drawPerSample, inferSameImage, perSample } from './support/augmentation.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { eraseValueField, fillRectangle } from './support/rectangle.ts'

export const cutoutLayer = defineLayer({
  kind: 'cutout',
  label: 'Cutout',
  category: 'Augmentation',
  description:
    'While training, blanks a rectangle of fixed size at a random place of each image, which may reach beyond its edges. Does nothing when predicting.',
  formula: 'y = fill value inside a rectangle round a random pixel, else x',
  reference:
    'DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with Cutout", 2017',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    size: pair({
      label: 'Size',
      essential: true,
      description: 'Height and width of the rectangle.',
      default: [8, 8],
      max: 1000,
    }),
    fillValue: eraseValueField,
  },
  inferShape: inferSameImage,
  weights: () => [],
  flops: ({ output }) => elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const x = onlyTensor(context)
    if (!training) return x
    const [vertical, horizontal] = drawPerSample(context, 2)
    if (!vertical || !horizontal) throw new Error('cutout drew too few numbers')
    const stretch = (noise: TensorValue, axis: 0 | 1) => {
      const length = parameters.size[axis]
      const centre = builder.apply('Floor', [affine(builder, noise, sizeAt(x.shape, axis + 2), 0)])
      return {
        start: affine(builder, centre, 1, 0 - Math.floor(length / 2)),
        length: perSample(context, length),
      }
    }
    return fillRectangle(builder, x, stretch(vertical, 0), stretch(horizontal, 1), parameters.fillValue)
  },
})
