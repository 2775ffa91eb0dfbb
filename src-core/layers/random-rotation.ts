import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { affineSamplingFlops, sampleAffine } from './support/affine-sampler.ts'
import { between, drawOne, inferSameImage, perSample } from './support/augmentation.ts'
import { onlyTensor } from './support/context.ts'
import { fillFields, interpolationField } from './support/filling.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomRotationLayer = defineLayer({
  kind: 'randomRotation',
  label: 'RandomRotation',
  category: 'Augmentation',
  description:
    'While training, turns each image about its centre by a random angle. Does nothing when predicting.',
  formula: 'y[p] = x[R(−angle) · p], angle uniform in ± degrees, p from the centre',
  reference:
    'Keras 3: keras.layers.RandomRotation (factor = degrees / 360); torchvision: RandomRotation; ONNX: GridSample',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    degrees: real({
      label: 'Degrees',
      essential: true,
      description: 'The largest angle, to either side.',
      default: 15,
      min: 0,
      max: 180,
      step: 1,
      unit: '°',
    }),
    interpolation: interpolationField,
    ...fillFields,
  },
  inferShape: inferSameImage,
  weights: () => [],
  flops: affineSamplingFlops,
  lower: (context) => {
    const { builder, parameters, training } = context
    const x = onlyTensor(context)
    const { degrees } = parameters
    if (!training || degrees === 0) return x
    const largest = (degrees * Math.PI) / 180
    const angle = between(builder, drawOne(context), -largest, largest)
    const [cosine, sine] = [builder.apply('Cos', [angle]), builder.apply('Sin', [angle])]
    const [height, width] = [sizeAt(x.shape, 2), sizeAt(x.shape, 3)]
    const zero = perSample(context, 0)
    // Rows count downwards, so this turns counter-clockwise for positive angles.
    return sampleAffine(
      builder,
      x,
      {
        column: [cosine, builder.apply('Neg', [sine]), zero],
        row: [sine, cosine, zero],
        reach: { rows: reach(height, width, largest), columns: reach(width, height, largest) },
      },
      parameters,
    )
  },
})

/** How far corners of a picture come to lie beyond the edges along the axis of `along` pixels, at any smaller angle too. */
function reach(along: number, across: number, largest: number): number {
  const [a, b] = [(along - 1) / 2, (across - 1) / 2]
  const angle = Math.min(largest, Math.atan2(b, a))
  return a * Math.cos(angle) + b * Math.sin(angle) - a
}
