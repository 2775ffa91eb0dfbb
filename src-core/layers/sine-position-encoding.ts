import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { wavelengthFields } from './support/attention/fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireSequence } from './support/refusals.ts'

export const sinePositionEncodingLayer = defineLayer({
  kind: 'sinePositionEncoding',
  label: 'Sine position encoding',
  category: 'Embedding',
  description:
    'Adds sine and cosine waves of many lengths to every step, so that places can be told apart without learning anything.',
  formula: 'y[t, 2k] = x + sin(t / L^(2k/d)); y[t, 2k+1] = x + cos(t / L^(2k/d))',
  reference:
    'Vaswani et al., "Attention is all you need", 2017; KerasHub: keras_hub.layers.SinePositionEncoding',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: wavelengthFields,
  inferShape: ({ inputs }) => requireSequence(onlyShape({ inputs })) ?? onlyShape({ inputs }),
  maskRule: () => 'passes',
  weights: () => [],
  flops: ({ output }) => elementCount(output),
  lower: ({ builder, inputs, output, parameters }) => {
    const [steps, features] = [sizeAt(output, 0), sizeAt(output, 1)]
    const waves = sineWaves(steps, features, parameters.maxWavelength)
    return builder.apply('Add', [
      onlyTensor({ inputs }),
      builder.constant('float32', [steps, features], waves, 'positions'),
    ])
  },
})

/** Sine in even columns, cosine in odd ones; two columns share a wave. */
function sineWaves(steps: number, features: number, maxWavelength: number): Float32Array {
  return Float32Array.from({ length: steps * features }, (_, index) => {
    const column = index % features
    const step = (index - column) / features
    const angle = step * (1 / maxWavelength) ** ((2 * Math.floor(column / 2)) / features)
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
  })
}
