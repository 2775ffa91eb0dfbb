import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireSequence } from './support/refusals.ts'

export const classTokenLayer = defineLayer({
  kind: 'classToken',
  label: 'Class token',
  category: 'Embedding',
  description:
    'Puts a learned step in front of a sequence; a transformer gathers there what is needed to tell the class.',
  formula: 'y = [token, x₁, x₂, …]',
  reference: 'Devlin et al., BERT, 2019; Dosovitskiy et al., Vision Transformer, 2021',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => {
    const sequence = onlyShape({ inputs })
    return requireSequence(sequence) ?? [sizeAt(sequence, 0) + 1, sizeAt(sequence, 1)]
  },
  weights: ({ output }) => {
    const features = sizeAt(output, 1)
    const initializer = { kind: 'zeros', fanIn: features, fanOut: features } as const
    return [{ name: 'token', shape: [1, features], initializer, trainable: true }]
  },
  flops: () => 0,
  lower: ({ builder, inputs, weight }) => {
    const x = onlyTensor({ inputs })
    // A batch of tokens, whatever the size of the batch: the token plus nothing times the first step.
    const first = builder.apply('Slice', [x, ...[0, 1, 1].map((bound) => builder.integers([bound]))])
    const nothing = builder.apply('Mul', [first, builder.scalar(0)])
    const token = builder.apply('Add', [nothing, weight('token')])
    return builder.apply('Concat', [token, x], { axis: 1 })
  },
})
