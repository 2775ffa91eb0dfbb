import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { embeddingFields, lookUp, nonZeroMask, tableWeight } from './support/embedding.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const embeddingLayer = defineLayer({
  kind: 'embedding',
  label: 'Embedding',
  category: 'Embedding',
  description:
    'Turns whole numbers, such as words of a vocabulary, into lists of numbers that are learned. The first layer for texts and for categories with many values.',
  formula: 'y[t] = embeddings[x[t]]',
  reference: 'Keras 3: keras.layers.Embedding; ONNX: Gather',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: embeddingFields,
  indexCountParameter: 'inputDim',
  inferShape: ({ inputs, parameters }) => [...onlyShape({ inputs }), parameters.outputDim],
  weights: ({ parameters }) => {
    const { inputDim, outputDim, embeddingsL2 } = parameters
    return [tableWeight('embeddings', inputDim, outputDim, embeddingsL2)]
  },
  maskRule: ({ inputs, parameters }) =>
    parameters.maskZero && onlyShape({ inputs }).length === 1 ? 'makes' : 'ignores',
  flops: () => 0,
  activationElements: ({ output }) => elementCount(output),
  lower: ({ builder, inputs, parameters, weight, setMask }) => {
    const x = onlyTensor({ inputs })
    if (parameters.maskZero && x.shape.length === 2) setMask(nonZeroMask(builder, x))
    return lookUp(builder, weight('embeddings'), x)
  },
})
