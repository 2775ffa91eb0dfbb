import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { integer, pair } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { kernelFields, kernelWeights } from './support/kernel.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireImage } from './support/refusals.ts'

export const patchEmbeddingLayer = defineLayer({
  kind: 'patchEmbedding',
  label: 'Patch embedding',
  category: 'Embedding',
  description:
    'Cuts an image into patches and makes one step of a sequence of each, row by row: how a transformer reads an image.',
  formula: 'y[p] = patch[p] · kernel + bias',
  reference:
    'Dosovitskiy et al., "An image is worth 16×16 words", 2021; PyTorch: Conv2d with stride = kernel',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    patchSize: pair({
      label: 'Patch size',
      essential: true,
      description: 'Height and width of a patch; they must divide the image.',
      default: [4, 4],
      max: 1000,
    }),
    outputDim: integer({
      label: 'Features',
      essential: true,
      description: 'How many numbers stand for each patch.',
      default: 64,
      max: 65_536,
    }),
    ...kernelFields,
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    const refusal = requireImage(image)
    if (refusal) return refusal
    const [height, width] = parameters.patchSize
    const [rows, columns] = [sizeAt(image, 1) / height, sizeAt(image, 2) / width]
    if (Number.isInteger(rows) && Number.isInteger(columns)) return [rows * columns, parameters.outputDim]
    return {
      code: 'layer.badParameter',
      expected: `expects an image whose height and width its ${height} × ${width} patches divide`,
      hint: 'Choose a patch size that divides both, or resize or pad the image before.',
      parameter: 'patchSize',
    }
  },
  weights: ({ inputs, parameters }) => {
    const { outputDim, patchSize } = parameters
    const channels = sizeAt(onlyShape({ inputs }), 0)
    const area = elementCount(patchSize)
    const shape = [outputDim, channels, ...patchSize]
    return kernelWeights(parameters, { shape, fanIn: channels * area, fanOut: outputDim * area }, outputDim)
  },
  flops: ({ inputs, output, parameters }) =>
    (2 * sizeAt(onlyShape({ inputs }), 0) * elementCount(parameters.patchSize) + 1) * elementCount(output),
  activationElements: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, output, parameters, weight }) => {
    const x = onlyTensor({ inputs })
    const operands = parameters.useBias ? [x, weight('kernel'), weight('bias')] : [x, weight('kernel')]
    const { patchSize } = parameters
    const patches = builder.apply('Conv', operands, { kernel_shape: patchSize, strides: patchSize })
    const [steps, features] = [sizeAt(output, 0), sizeAt(output, 1)]
    const rows = builder.apply('Reshape', [patches, builder.integers([0, features, steps])])
    return builder.apply('Transpose', [rows], { perm: [0, 2, 1] })
  },
})
