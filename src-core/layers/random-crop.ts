import { sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../tensor-graph/types.ts'
import { defineLayer, type LoweringContext, type ShapeRefusal } from './define-layer.ts'
import { integer, pair } from './parameter-fields.ts'
import { drawPerSample } from './support/augmentation.ts'
import { axisSamplingFlops, sampleAxes } from './support/axis-sampler.ts'
import { cutCentre, middleStart } from './support/centre.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { type Filling, fillFields } from './support/filling.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

interface CropParameters {
  readonly size: readonly [number, number]
  readonly padding: number
  readonly fillMode: Filling['fillMode']
  readonly fillValue: number
}

export const randomCropLayer = defineLayer({
  kind: 'randomCrop',
  label: 'RandomCrop',
  category: 'Augmentation',
  description:
    'While training, cuts a part out of each image at a random place, after the image was padded. When predicting, it takes the middle.',
  formula: 'y = size pixels of the padded x from (⌊random · (room + 1)⌋) on, room = x + 2 · padding − size',
  reference: 'torchvision: RandomCrop(size, padding); Keras 3: keras.layers.RandomCrop',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    size: pair({
      label: 'Size',
      essential: true,
      description: 'Height and width of the part; 0 stands for those of the image.',
      default: [0, 0],
      min: 0,
    }),
    padding: integer({
      label: 'Padding',
      essential: true,
      description:
        'Pixels that are added on every side first, so that the part can be as large as the image.',
      default: 4,
      min: 0,
      max: 1000,
    }),
    ...fillFields,
    fillMode: { ...fillFields.fillMode, default: 'constant' },
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    return requireImage(image) ?? croppedShape(image, parameters)
  },
  weights: () => [],
  flops: axisSamplingFlops,
  lower: (context) => {
    const { parameters, output, training } = context
    const x = onlyTensor(context)
    const room = (axis: 2 | 3) => sizeAt(x.shape, axis) + 2 * parameters.padding - sizeAt(output, axis - 1)
    if (training && room(2) === 0 && room(3) === 0) return x
    return training ? cutRandomly(context, x, room) : cutMiddle(context, x)
  },
})

function croppedShape(image: Shape, parameters: CropParameters): Shape | ShapeRefusal {
  const [channels, height, width] = [sizeAt(image, 0), sizeAt(image, 1), sizeAt(image, 2)]
  const [newHeight, newWidth] = [parameters.size[0] || height, parameters.size[1] || width]
  const { padding } = parameters
  if (newHeight <= height + 2 * padding && newWidth <= width + 2 * padding) {
    return [channels, newHeight, newWidth]
  }
  return {
    code: 'shape.tooSmall',
    expected: `expects an image of at least ${Math.max(1, newHeight - 2 * padding)} × ${Math.max(1, newWidth - 2 * padding)} to cut ${newHeight} × ${newWidth} out of it`,
    hint: 'Make the size smaller or the padding larger.',
    parameter: 'size',
  }
}

function cutRandomly(
  context: LoweringContext<CropParameters>,
  x: TensorValue,
  room: (axis: 2 | 3) => number,
): TensorValue {
  const { builder, parameters, output } = context
  const [down, across] = drawPerSample(context, 2)
  if (!down || !across) throw new Error('randomCrop drew too few numbers')
  const positions = (noise: TensorValue, axis: 2 | 3) =>
    neighbours(
      builder,
      builder.apply('Floor', [builder.apply('Mul', [noise, builder.scalar(room(axis) + 1)])]),
      0 - parameters.padding,
      sizeAt(output, axis - 1),
    )
  const filling = { ...parameters, interpolation: 'nearest' } as const
  return sampleAxes(builder, x, { rows: positions(down, 2), columns: positions(across, 3) }, filling)
}

/** What training would take half-way between the ends, without drawing. */
function cutMiddle(context: LoweringContext<CropParameters>, x: TensorValue): TensorValue {
  const { builder, parameters, output } = context
  const [height, width] = [sizeAt(output, 1), sizeAt(output, 2)]
  if (height <= sizeAt(x.shape, 2) && width <= sizeAt(x.shape, 3))
    return cutCentre(builder, x, [height, width])
  const start = builder.constant('float32', [1, 1], Float32Array.of(0), 'start')
  const positions = (axis: 2 | 3) => {
    const count = sizeAt(output, axis - 1)
    return neighbours(builder, start, middleStart(sizeAt(x.shape, axis), count), count)
  }
  const filling = { ...parameters, interpolation: 'nearest' } as const
  return sampleAxes(builder, x, { rows: positions(2), columns: positions(3) }, filling)
}

/** `count` neighbouring positions from start + offset on: [batch, count]. */
function neighbours(builder: GraphBuilder, start: TensorValue, offset: number, count: number): TensorValue {
  const pixels = Float32Array.from({ length: count }, (_, at) => at + offset)
  return builder.apply('Add', [start, builder.constant('float32', [count], pixels, 'pixels')])
}
