import { sameShape } from '../shapes/broadcast.ts'
import { formatShape } from '../shapes/format-shape.ts'
import { defineLayer } from './define-layer.ts'
import { twoShapes } from './support/pair.ts'
import { singleOutput } from './support/ports.ts'

export const adversarialPairLayer = defineLayer({
  kind: 'adversarialPair',
  label: 'AdversarialPair',
  category: 'Input and output',
  description:
    'Where a GAN’s real samples and those of its generator meet. What leads to the generated port is the generator; what follows is the discriminator, which judges both in turn. Takes the recipe "adversarial" in the training settings. Passes the real samples on when predicting.',
  formula: 'y = real, then y = generated',
  reference: 'Goodfellow et al., "Generative Adversarial Nets", 2014',
  inputs: [
    { name: 'real', label: 'Real' },
    { name: 'generated', label: 'Generated' },
  ],
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => {
    const [real, generated] = twoShapes({ inputs })
    if (sameShape(real, generated)) return real
    return {
      code: 'shape.mismatch',
      expected: `expects generated samples of the shape of the real ones, ${formatShape(real)}`,
      hint: 'Let the generator end in this shape: with units of a Dense layer and a Reshape, or with strides of Conv2DTranspose.',
    }
  },
  weights: () => [],
  flops: () => 0,
  activationElements: () => 0,
  // Which of the two is judged is the recipe's business; a graph that trains nothing judges the real ones.
  lower: ({ inputs }) => {
    const [real] = inputs
    if (!real) throw new Error('a pair needs real samples')
    return real
  },
})
