import { sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { choice } from './parameter-fields.ts'
import { chooseChanged, drawPerSample, inferSameImage, probabilityField } from './support/augmentation.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

/** Batched axes that are turned round, by mode. */
const flippedAxes = { horizontal: [3], vertical: [2], both: [3, 2] } as const

export const randomFlipLayer = defineLayer({
  kind: 'randomFlip',
  label: 'RandomFlip',
  category: 'Augmentation',
  description:
    'While training, mirrors random images left to right, top to bottom, or both. Does nothing when predicting. For pictures that mean the same when mirrored, unlike digits and letters.',
  formula: 'y = mirrored x where random < probability, else x',
  reference: 'Keras 3: keras.layers.RandomFlip; torchvision: RandomHorizontalFlip, RandomVerticalFlip',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    mode: choice({
      label: 'Mode',
      essential: true,
      description:
        'horizontal: left and right change places. vertical: top and bottom do. both: each of them, independently.',
      default: 'horizontal',
      choices: ['horizontal', 'vertical', 'both'],
    }),
    probability: probabilityField({ default: 0.5, what: 'are mirrored, for each direction' }),
  },
  inferShape: inferSameImage,
  weights: () => [],
  flops: ({ output, parameters }) => flippedAxes[parameters.mode].length * elementCount(output),
  lower: (context) => {
    const { builder, parameters, training } = context
    const x = onlyTensor(context)
    if (!training || parameters.probability === 0) return x
    const axes = flippedAxes[parameters.mode]
    return drawPerSample(context, axes.length).reduce(
      (picture, noise, index) =>
        chooseChanged(
          builder,
          noise,
          parameters.probability,
          mirrored(builder, picture, axes[index] ?? 3),
          picture,
        ),
      x,
    )
  },
})

function mirrored(builder: GraphBuilder, x: TensorValue, axis: number): TensorValue {
  const size = sizeAt(x.shape, axis)
  const [start, end, step] = [size - 1, -size - 1, -1].map((value) => builder.integers([value]))
  return builder.apply('Slice', [x, start, end, builder.integers([axis]), step])
}
