import { sizeAt } from '../shapes/axes.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { choice, integer } from './parameter-fields.ts'
import { encodeCategories } from './support/categories.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const categoryEncodingLayer = defineLayer({
  kind: 'categoryEncoding',
  label: 'CategoryEncoding',
  category: 'Preprocessing',
  description:
    'Turns lists of whole numbers, such as words or tags, into one vector over all of them: which occur, or how often each does.',
  formula:
    'multiHot: y[k] = 1 where any x = k; count: y[k] = number of x = k; oneHot: y[…, k] = 1 where x[…] = k',
  reference: 'Keras 3: keras.layers.CategoryEncoding',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    numTokens: integer({
      label: 'Tokens',
      essential: true,
      description: 'How many different numbers there are: 0 … tokens − 1. Others are left out.',
      default: 10,
    }),
    outputMode: choice({
      label: 'Output mode',
      essential: true,
      description:
        'multiHot: which numbers occur along the last axis. count: how often each does. oneHot: each number by itself.',
      default: 'multiHot',
      choices: ['multiHot', 'count', 'oneHot'],
    }),
  },
  indexCountParameter: 'numTokens',
  inferShape: ({ inputs, parameters }) => {
    const shape = onlyShape({ inputs })
    const { numTokens, outputMode } = parameters
    return outputMode === 'oneHot' && !isSingle(shape)
      ? [...shape, numTokens]
      : [...shape.slice(0, -1), numTokens]
  },
  weights: () => [],
  flops: ({ inputs, parameters }) => 2 * elementCount(onlyShape({ inputs })) * parameters.numTokens,
  activationElements: ({ inputs, parameters }) => elementCount(onlyShape({ inputs })) * parameters.numTokens,
  lower: ({ builder, inputs, parameters }) => {
    const x = onlyTensor({ inputs })
    const { numTokens, outputMode } = parameters
    const encoded = encodeCategories(builder, x, numTokens)
    if (outputMode === 'oneHot' && !isSingle(x.shape.slice(1))) return encoded
    const operator = outputMode === 'count' ? 'ReduceSum' : 'ReduceMax'
    return builder.apply(operator, [encoded, builder.integers([-2])], { keepdims: 0 })
  },
})

/** Keras puts the one-hot code in the place of a last axis of 1. */
function isSingle(shape: Shape): boolean {
  return sizeAt(shape, -1) === 1
}
