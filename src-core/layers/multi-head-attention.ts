import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { attentionBias, attentionDropout, causalField, headFields } from './support/attention/fields.ts'
import { headedMembers } from './support/attention/headed-members.ts'
import { attentionParts, attentionPorts, requireSequences } from './support/attention/ports.ts'
import { singleOutput } from './support/ports.ts'

export const multiHeadAttentionLayer = defineLayer({
  kind: 'multiHeadAttention',
  label: 'Multi-head attention',
  category: 'Attention',
  description:
    'Every step of the query reads from all steps of the value, several ways at once, and learns where to look. Wire one sequence to both for self-attention.',
  formula: 'y = [head₁, head₂, …] · outputKernel, head = softmax(q · kᵀ / √keyDim) · v',
  reference: 'Vaswani et al., "Attention is all you need", 2017; Keras 3: keras.layers.MultiHeadAttention',
  inputs: attentionPorts,
  outputs: singleOutput,
  parameters: {
    ...headFields,
    keyDim: integer({
      label: 'Key size',
      essential: true,
      description: 'Features of each head’s queries and keys.',
      default: 16,
      max: 65_536,
    }),
    valueDim: integer({
      label: 'Value size',
      description: 'Features of each head’s values; 0: as many as its keys have.',
      default: 0,
      min: 0,
      max: 65_536,
      advanced: true,
    }),
    useCausalMask: causalField,
    dropout: attentionDropout,
    useBias: attentionBias,
  },
  inferShape: ({ inputs }) => {
    const parts = attentionParts(inputs)
    return requireSequences(parts) ?? parts.query
  },
  ...headedMembers(
    ({ numHeads, keyDim, valueDim }: { numHeads: number; keyDim: number; valueDim: number }) => ({
      heads: numHeads,
      keyValueHeads: numHeads,
      keyDim,
      valueDim: valueDim || keyDim,
    }),
  ),
})
