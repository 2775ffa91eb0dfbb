import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { pair } from './parameter-fields.ts'
import { cutCentre } from './support/centre.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const centerCropLayer = defineLayer({
  kind: 'centerCrop',
  label: 'CenterCrop',
  category: 'Preprocessing',
  description: 'Keeps the middle of an image and cuts the rest off.',
  formula: 'y = x[top … top + height, left … left + width], top = ⌊(rows − height) / 2⌋',
  reference: 'Keras 3: keras.layers.CenterCrop; torchvision: CenterCrop',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    size: pair({
      label: 'Size',
      essential: true,
      description: 'Height and width of what is kept.',
      default: [4, 4],
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    const refusal = requireImage(image)
    if (refusal) return refusal
    const [height, width] = parameters.size
    if (height <= sizeAt(image, 1) && width <= sizeAt(image, 2)) return [sizeAt(image, 0), height, width]
    return {
      code: 'shape.tooSmall',
      expected: `expects an image of at least ${height} × ${width} to cut its middle out`,
      hint: 'Make the size smaller, or enlarge the image before it with UpSampling2D.',
      parameter: 'size',
    }
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, parameters }) => cutCentre(builder, onlyTensor({ inputs }), parameters.size),
})
