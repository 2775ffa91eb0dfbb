import { defineLayer } from './define-layer.ts'
import { gatedBy } from './support/gated.ts'

export const geGluLayer = defineLayer({
  ...gatedBy('gelu'),
  kind: 'geGlu',
  label: 'GeGLU',
  description: 'A gated unit whose gates are GELU, as in the feed-forward layers of T5 v1.1 and Gemma.',
  formula: 'y = a · gelu(b), with a and b the halves of the channels of x',
  reference: 'Shazeer, "GLU Variants Improve Transformer", 2020',
})
