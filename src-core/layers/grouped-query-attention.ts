import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { attentionBias, attentionDropout, causalField } from './support/attention/fields.ts'
import { headedMembers } from './support/attention/headed-members.ts'
import { attentionParts, attentionPorts, requireSequences } from './support/attention/ports.ts'
import { singleOutput } from './support/ports.ts'

export const groupedQueryAttentionLayer = defineLayer({
  kind: 'groupedQueryAttention',
  label: 'Grouped-query attention',
  category: 'Attention',
  description:
    'Multi-head attention in which several heads of queries share one head of keys and values: fewer weights, nearly as good.',
  formula: 'as MultiHeadAttention; query head h reads key and value head ⌊h · keyValueHeads / queryHeads⌋',
  reference: 'Ainslie et al., "GQA", 2023; Keras 3: keras.layers.GroupQueryAttention',
  inputs: attentionPorts,
  outputs: singleOutput,
  parameters: {
    headDim: integer({
      label: 'Head size',
      essential: true,
      description: 'Features of each head.',
      default: 16,
      max: 65_536,
    }),
    numQueryHeads: integer({
      label: 'Query heads',
      essential: true,
      description: 'Heads of queries; the key and value heads must divide them.',
      default: 4,
      max: 1024,
    }),
    numKeyValueHeads: integer({
      label: 'Key and value heads',
      essential: true,
      description: 'Heads of keys and values; 1 is multi-query attention.',
      default: 2,
      max: 1024,
    }),
    useCausalMask: causalField,
    dropout: attentionDropout,
    useBias: attentionBias,
  },
  inferShape: ({ inputs, parameters }) => {
    const parts = attentionParts(inputs)
    const { numQueryHeads, numKeyValueHeads } = parameters
    if (numQueryHeads % numKeyValueHeads !== 0) {
      return {
        code: 'layer.badParameter',
        expected: `expects key and value heads that divide its ${numQueryHeads} query heads, but has ${numKeyValueHeads}`,
        hint: 'Choose a divisor of the query heads.',
        parameter: 'numKeyValueHeads',
        ownFault: true,
      }
    }
    return requireSequences(parts) ?? parts.query
  },
  ...headedMembers(
    ({
      headDim,
      numQueryHeads,
      numKeyValueHeads,
    }: {
      headDim: number
      numQueryHeads: number
      numKeyValueHeads: number
    }) => ({
      heads: numQueryHeads,
      keyValueHeads: numKeyValueHeads,
      keyDim: headDim,
      valueDim: headDim,
    }),
  ),
})
