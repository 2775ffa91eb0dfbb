import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { tableWeight } from './support/embedding.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireSequence } from './support/refusals.ts'

export const positionEmbeddingLayer = defineLayer({
  kind: 'positionEmbedding',
  label: 'Position embedding',
  category: 'Embedding',
  description:
    'Adds to every step a learned list of numbers that stands for its place; attention does not know the order otherwise.',
  formula: 'y[t] = x[t] + positions[t]',
  reference: 'KerasHub: keras_hub.layers.PositionEmbedding; Devlin et al., BERT, 2019',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    sequenceLength: integer({
      label: 'Positions',
      essential: true,
      description: 'How many places can be told apart: the longest sequence.',
      default: 512,
      max: 1_000_000,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const sequence = onlyShape({ inputs })
    const refusal = requireSequence(sequence)
    if (refusal) return refusal
    const { sequenceLength } = parameters
    if (sizeAt(sequence, 0) <= sequenceLength) return sequence
    return {
      code: 'layer.badParameter',
      expected: `expects at most ${sequenceLength} steps, one for each of its positions`,
      hint: `Set Positions to ${sizeAt(sequence, 0)} or more, or shorten the sequence.`,
      parameter: 'sequenceLength',
    }
  },
  maskRule: () => 'passes',
  weights: ({ inputs, parameters }) => [
    tableWeight('positions', parameters.sequenceLength, sizeAt(onlyShape({ inputs }), 1)),
  ],
  flops: ({ output }) => elementCount(output),
  lower: ({ builder, inputs, output, parameters, weight }) => {
    const x = onlyTensor({ inputs })
    const steps = sizeAt(output, 0)
    const table = weight('positions')
    const bounds = [0, steps, 0].map((bound) => builder.integers([bound]))
    const used = steps === parameters.sequenceLength ? table : builder.apply('Slice', [table, ...bounds])
    return builder.apply('Add', [x, used])
  },
})
