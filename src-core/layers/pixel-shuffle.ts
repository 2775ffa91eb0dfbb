import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { rearrangeBlocks } from './support/pixel-blocks.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const pixelShuffleLayer = defineLayer({
  kind: 'pixelShuffle',
  label: 'PixelShuffle',
  category: 'Shape',
  description:
    'Makes an image larger by laying its channels out as points: r² channels become r × r points. Comes after a convolution in super-resolution networks.',
  formula: 'y[c, r · i + a, r · j + b] = x[c · r² + a · r + b, i, j]',
  reference:
    'Shi et al., "Real-Time Single Image and Video Super-Resolution", 2016; PyTorch: torch.nn.PixelShuffle; ONNX: DepthToSpace (CRD)',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    upscaleFactor: integer({
      label: 'Upscale factor',
      essential: true,
      description: 'How many times higher and wider the image becomes.',
      default: 2,
      max: 64,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    const refusal = requireImage(image)
    if (refusal) return refusal
    const factor = parameters.upscaleFactor
    const [channels, height, width] = [sizeAt(image, 0), sizeAt(image, 1), sizeAt(image, 2)]
    if (channels % factor ** 2 === 0) return [channels / factor ** 2, height * factor, width * factor]
    return {
      code: 'shape.mismatch',
      expected: `expects a number of channels that ${factor ** 2} (its upscale factor squared) divides`,
      hint: `Give the convolution before it a multiple of ${factor ** 2} filters.`,
      parameter: 'upscaleFactor',
    }
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, output, parameters }) =>
    rearrangeBlocks(builder, onlyTensor({ inputs }), output, {
      size: parameters.upscaleFactor,
      direction: 'channels to places',
    }),
})
