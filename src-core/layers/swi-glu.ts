import { defineLayer } from './define-layer.ts'
import { gatedBy } from './support/gated.ts'

export const swiGluLayer = defineLayer({
  ...gatedBy('silu'),
  kind: 'swiGlu',
  label: 'SwiGLU',
  description: 'A gated unit whose gates are SiLU (swish), as in the feed-forward layers of LLaMA and PaLM.',
  formula: 'y = a · silu(b), with a and b the halves of the channels of x',
  reference: 'Shazeer, "GLU Variants Improve Transformer", 2020',
})
