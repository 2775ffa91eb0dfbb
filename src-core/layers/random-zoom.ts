import { sizeAt } from '../shapes/axes.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { boolean, real } from './parameter-fields.ts'
import { between, drawPerSample, inferSameImage, refuseReversed } from './support/augmentation.ts'
import { axisSamplingFlops, pixelPositions, sampleAxes } from './support/axis-sampler.ts'
import { onlyTensor } from './support/context.ts'
import { fillFields, interpolationField } from './support/filling.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const randomZoomLayer = defineLayer({
  kind: 'randomZoom',
  label: 'RandomZoom',
  category: 'Augmentation',
  description:
    'While training, enlarges or shrinks what each image shows by a random scale; its size stays. Does nothing when predicting.',
  formula: 'y[p] = x[p / scale], scale uniform from minimum to maximum, p from the centre',
  reference: 'Keras 3: keras.layers.RandomZoom (factor = 1 / scale − 1); torchvision: RandomAffine(scale)',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    minimumScale: real({
      label: 'Smallest scale',
      essential: true,
      description: 'Below 1, the image shrinks and its surroundings are filled.',
      default: 0.8,
      min: 0.1,
      max: 10,
      step: 0.05,
    }),
    maximumScale: real({
      label: 'Largest scale',
      essential: true,
      description: 'Above 1, the middle of the image is enlarged.',
      default: 1.2,
      min: 0.1,
      max: 10,
      step: 0.05,
    }),
    keepAspectRatio: boolean({
      label: 'Keep proportions',
      description: 'Whether height and width take one scale; otherwise each takes its own.',
      default: true,
    }),
    interpolation: interpolationField,
    ...fillFields,
  },
  inferShape: (context) => {
    const { minimumScale, maximumScale } = context.parameters
    const reversed = refuseReversed('minimumScale', 'smallest scale', minimumScale, maximumScale)
    return reversed ?? inferSameImage(context)
  },
  weights: () => [],
  flops: axisSamplingFlops,
  lower: (context) => {
    const { builder, parameters, training } = context
    const { minimumScale, maximumScale, keepAspectRatio } = parameters
    const x = onlyTensor(context)
    if (!training || (minimumScale === 1 && maximumScale === 1)) return x
    const [down, right = down] = drawPerSample(context, keepAspectRatio ? 1 : 2)
    if (!down || !right) throw new Error('randomZoom drew too few numbers')
    const zoomed = (noise: TensorValue, axis: 2 | 3) => {
      const size = sizeAt(x.shape, axis)
      const middle = builder.scalar((size - 1) / 2)
      const distances = builder.apply('Sub', [pixelPositions(builder, size), middle])
      const scale = between(builder, noise, minimumScale, maximumScale)
      return builder.apply('Add', [builder.apply('Div', [distances, scale]), middle])
    }
    return sampleAxes(builder, x, { rows: zoomed(down, 2), columns: zoomed(right, 3) }, parameters)
  },
})
