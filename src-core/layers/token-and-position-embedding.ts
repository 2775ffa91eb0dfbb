import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { embeddingFields, lookUp, nonZeroMask, tableWeight } from './support/embedding.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const tokenAndPositionEmbeddingLayer = defineLayer({
  kind: 'tokenAndPositionEmbedding',
  label: 'Token and position embedding',
  category: 'Embedding',
  description:
    'Turns the words of a text into learned lists of numbers and adds one for their place. What transformers begin with.',
  formula: 'y[t] = tokens[x[t]] + positions[t]',
  reference: 'KerasHub: keras_hub.layers.TokenAndPositionEmbedding; Radford et al., GPT, 2018',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: embeddingFields,
  indexCountParameter: 'inputDim',
  inferShape: ({ inputs, parameters }) => {
    const shape = onlyShape({ inputs })
    if (shape.length === 1) return [...shape, parameters.outputDim]
    return {
      code: 'shape.rank',
      expected: 'expects a list of whole numbers (1 axis)',
      hint: 'Connect it to the input layer whose shape is the number of steps.',
    }
  },
  weights: ({ inputs, parameters }) => {
    const { inputDim, outputDim, embeddingsL2 } = parameters
    return [
      tableWeight('tokens', inputDim, outputDim, embeddingsL2),
      tableWeight('positions', sizeAt(onlyShape({ inputs }), 0), outputDim),
    ]
  },
  maskRule: ({ parameters }) => (parameters.maskZero ? 'makes' : 'ignores'),
  flops: ({ output }) => elementCount(output),
  activationElements: ({ output }) => 2 * elementCount(output),
  lower: ({ builder, inputs, parameters, weight, setMask }) => {
    const x = onlyTensor({ inputs })
    if (parameters.maskZero) setMask(nonZeroMask(builder, x))
    return builder.apply('Add', [lookUp(builder, weight('tokens'), x), weight('positions')])
  },
})
