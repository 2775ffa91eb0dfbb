import { defineLayer } from './define-layer.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { globalPoolingFlops } from './support/pooling.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { channelsOf, requireSpace, sequence } from './support/space.ts'

export const globalAveragePooling1dLayer = defineLayer({
  kind: 'globalAveragePooling1d',
  label: 'GlobalAveragePooling1D',
  category: 'Pooling',
  description:
    'Averages every feature over all steps: one number per feature, however long the sequence is. Steps that are only padding do not count.',
  formula: 'y[c] = Σ_t mask[t] · x[t, c] / Σ_t mask[t]',
  reference: 'Keras 3: keras.layers.GlobalAveragePooling1D',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }) => {
    const shape = onlyShape({ inputs })
    return requireSpace(sequence, shape) ?? [channelsOf(sequence, shape)]
  },
  maskRule: () => 'uses',
  weights: () => [],
  flops: globalPoolingFlops,
  lower: ({ builder, inputs, masks }) => {
    const x = onlyTensor({ inputs })
    const [mask] = masks
    const steps = builder.integers([1])
    if (!mask) return builder.apply('ReduceMean', [x, steps], { keepdims: 0 })
    const kept = builder.apply('Mul', [x, builder.apply('Unsqueeze', [mask, builder.integers([2])])])
    const count = builder.apply('ReduceSum', [mask, steps], { keepdims: 1 })
    // A sequence that is all padding gives zeros, where Keras divides by zero.
    return builder.apply('Div', [
      builder.apply('ReduceSum', [kept, steps], { keepdims: 0 }),
      builder.apply('Max', [count, builder.scalar(1)]),
    ])
  },
})
