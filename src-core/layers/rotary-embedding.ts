import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { wavelengthFields } from './support/attention/fields.ts'
import { rotate, rotationAngles } from './support/attention/rotation.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireSequence } from './support/refusals.ts'

export const rotaryEmbeddingLayer = defineLayer({
  kind: 'rotaryEmbedding',
  label: 'Rotary embedding',
  category: 'Embedding',
  description:
    'Turns pairs of features by an angle that grows with the place, so that attention between two steps depends on their distance.',
  formula: 'y[t] = (a · cos θ − b · sin θ, b · cos θ + a · sin θ), (a, b) = halves of x[t], θ = t / L^(2k/d)',
  reference: 'Su et al., "RoFormer", 2021; KerasHub: keras_hub.layers.RotaryEmbedding',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: wavelengthFields,
  inferShape: ({ inputs }) => {
    const sequence = onlyShape({ inputs })
    const refusal = requireSequence(sequence)
    if (refusal) return refusal
    if (sizeAt(sequence, 1) % 2 === 0) return sequence
    return {
      code: 'shape.mismatch',
      expected: 'expects an even number of features, because it turns pairs of them',
      hint: 'Change the layer before it to an even number of features.',
    }
  },
  maskRule: () => 'passes',
  weights: () => [],
  flops: ({ output }) => 3 * elementCount(output),
  activationElements: ({ output }) => 3 * elementCount(output),
  lower: ({ builder, inputs, output, parameters }) =>
    rotate(
      builder,
      onlyTensor({ inputs }),
      rotationAngles(sizeAt(output, 0), sizeAt(output, 1), parameters.maxWavelength),
    ),
})
