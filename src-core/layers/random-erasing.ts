import { sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import {
  between,
  chooseChanged,
  drawPerSample,
  inferSameImage,
  probabilityField,
  refuseReversed,
} from './support/augmentation.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { eraseValueField, fillRectangle, type Stretch } from './support/rectangle.ts'

export const randomErasingLayer = defineLayer({
  kind: 'randomErasing',
  label: 'RandomErasing',
  category: 'Augmentation',
  description:
    'While training, blanks a rectangle of random size, shape and place in random images, so that the network looks at all of the picture. Does nothing when predicting.',
  formula:
    'y = fill value inside a rectangle of area share · height · width and random proportions, else x; for a share of images',
  reference: 'Zhong et al., "Random Erasing Data Augmentation", 2017; Keras 3: keras.layers.RandomErasing',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    probability: { ...probabilityField({ default: 0.5, what: 'lose a part' }), essential: true },
    minimumArea: real({
      label: 'Smallest area',
      description: 'The smallest rectangle, as a share of the image.',
      default: 0.02,
      min: 0.001,
      max: 1,
      step: 0.01,
    }),
    maximumArea: real({
      label: 'Largest area',
      description: 'The largest rectangle, as a share of the image.',
      default: 0.33,
      min: 0.001,
      max: 1,
      step: 0.01,
    }),
    maximumRatio: real({
      label: 'Largest proportion',
      description:
        'How many times as long as wide the rectangle may be, in either direction; 1 stands for squares.',
      default: 3.3,
      min: 1,
      max: 100,
      step: 0.1,
      advanced: true,
    }),
    fillValue: eraseValueField,
  },
  inferShape: (context) => {
    const { minimumArea, maximumArea } = context.parameters
    return refuseReversed('minimumArea', 'smallest area', minimumArea, maximumArea) ?? inferSameImage(context)
  },
  weights: () => [],
  flops: ({ output }) => elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const { probability, minimumArea, maximumArea, maximumRatio, fillValue } = parameters
    const x = onlyTensor(context)
    if (!training || probability === 0) return x
    const [whether, size, proportion, vertical, horizontal] = drawPerSample(context, 5)
    if (!whether || !size || !proportion || !vertical || !horizontal)
      throw new Error('randomErasing drew too few numbers')
    const [height, width] = [sizeAt(x.shape, 2), sizeAt(x.shape, 3)]
    const area = between(builder, size, minimumArea * height * width, maximumArea * height * width)
    const logarithm = between(builder, proportion, -Math.log(maximumRatio), Math.log(maximumRatio))
    const ratio = builder.apply('Exp', [logarithm])
    const rows = place(builder, builder.apply('Mul', [area, ratio]), vertical, height)
    const columns = place(builder, builder.apply('Div', [area, ratio]), horizontal, width)
    const erased = fillRectangle(builder, x, rows, columns, fillValue)
    return chooseChanged(builder, whether, probability, erased, x)
  },
})

/** A stretch as long as the root of `squaredLength`, at least one pixel and at most all, anywhere on the axis. */
function place(builder: GraphBuilder, squaredLength: TensorValue, noise: TensorValue, size: number): Stretch {
  const rounded = builder.apply('Round', [builder.apply('Sqrt', [squaredLength])])
  const length = builder.apply('Clip', [rounded, builder.scalar(1), builder.scalar(size)])
  const places = builder.apply('Sub', [builder.scalar(size + 1), length])
  return { start: builder.apply('Floor', [builder.apply('Mul', [noise, places])]), length }
}
