import { drawBlock } from './draw-block.ts'
import type { ReadyBlock } from './ready-block.ts'

/** Of the kind transformerEncoder, normalised after each sum, without dropout, where features = numHeads · keyDim. */
export const transformer: ReadyBlock = {
  label: 'Transformer encoder',
  description:
    'Self-attention and two dense layers, each added to what came in and normalised. BERT is made of it; with the causal mask, GPT.',
  reference: 'Vaswani et al., "Attention is all you need", 2017',
  fits: { parameter: 'features', axis: 1 },
  block: drawBlock({
    id: 'transformer',
    layers: [
      {
        name: 'attention',
        kind: 'multiHeadAttention',
        from: ['input', 'input'],
        parameters: { numHeads: 4, keyDim: 16 },
      },
      { name: 'attention_sum', kind: 'add', from: ['input', 'attention'] },
      {
        name: 'attention_norm',
        kind: 'layerNormalization',
        from: ['attention_sum'],
        parameters: { epsilon: 1e-5 },
      },
      {
        name: 'intermediate',
        kind: 'dense',
        from: ['attention_norm'],
        parameters: { units: 256, activation: 'relu' },
      },
      { name: 'feed_forward', kind: 'dense', from: ['intermediate'], parameters: { units: 64 } },
      { name: 'feed_forward_sum', kind: 'add', from: ['attention_norm', 'feed_forward'] },
      {
        name: 'feed_forward_norm',
        kind: 'layerNormalization',
        from: ['feed_forward_sum'],
        parameters: { epsilon: 1e-5 },
      },
    ],
    exposes: {
      features: ['feed_forward.units'],
      numHeads: ['attention.numHeads'],
      keyDim: ['attention.keyDim'],
      intermediateDim: ['intermediate.units'],
      useCausalMask: ['attention.useCausalMask'],
    },
  }),
}
