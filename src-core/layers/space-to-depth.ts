import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { rearrangeBlocks } from './support/pixel-blocks.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const spaceToDepthLayer = defineLayer({
  kind: 'spaceToDepth',
  label: 'SpaceToDepth',
  category: 'Shape',
  description:
    'Makes an image smaller without losing anything: every block of points becomes channels. Undoes PixelShuffle.',
  formula: 'y[c · b² + u · b + v, i, j] = x[c, b · i + u, b · j + v]',
  reference: 'PyTorch: torch.nn.PixelUnshuffle',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    blockSize: integer({
      label: 'Block size',
      essential: true,
      description: 'Height and width of the blocks: how many times smaller the image becomes.',
      default: 2,
      max: 64,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    const refusal = requireImage(image)
    if (refusal) return refusal
    const block = parameters.blockSize
    const [channels, height, width] = [sizeAt(image, 0), sizeAt(image, 1), sizeAt(image, 2)]
    if (height % block === 0 && width % block === 0) {
      return [channels * block ** 2, height / block, width / block]
    }
    return {
      code: 'shape.mismatch',
      expected: `expects an image whose height and width its block size ${block} divides`,
      hint: 'Choose a block size that divides both, or insert ZeroPadding2D before it.',
      parameter: 'blockSize',
    }
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, output, parameters }) =>
    rearrangeBlocks(builder, onlyTensor({ inputs }), output, {
      size: parameters.blockSize,
      direction: 'places to channels',
    }),
})
