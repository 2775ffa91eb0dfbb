import { defineLayer } from './define-layer.ts'
import { batchedAxis, resolveAxis, sampleAxisField } from './support/axis.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const reverseLayer = defineLayer({
  kind: 'reverse',
  label: 'Reverse',
  category: 'Shape',
  description: 'Turns one axis around: the last element comes first. Lets a layer read a sequence backwards.',
  formula: 'y[i] = x[size − 1 − i]',
  reference: 'Keras 3: keras.ops.flip; ONNX: Slice with step −1',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { axis: sampleAxisField('that is turned around') },
  inferShape: ({ inputs, parameters }) => {
    const sample = onlyShape({ inputs })
    const axis = resolveAxis(parameters.axis, sample.length)
    return typeof axis === 'number' ? sample : axis
  },
  // A mask would have to be turned around with its steps.
  maskRule: ({ output, parameters }) => (batchedAxis(parameters.axis, output) === 1 ? 'ignores' : 'passes'),
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, output, parameters }) =>
    builder.apply('Slice', [
      onlyTensor({ inputs }),
      builder.integers([-1]),
      builder.integers([-(2 ** 31)]),
      builder.integers([batchedAxis(parameters.axis, output)]),
      builder.integers([-1]),
    ]),
})
