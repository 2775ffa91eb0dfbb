import { sizeAt } from '../shapes/axes.ts'
import { defineLayer } from './define-layer.ts'
import { resolveAxis, sampleAxisField } from './support/axis.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const squeezeLayer = defineLayer({
  kind: 'squeeze',
  label: 'Squeeze',
  category: 'Shape',
  description: 'Removes an axis of size 1, e.g. the channel axis of a black and white picture.',
  formula: 'y = x without an axis of size 1',
  reference: 'Keras 3: keras.ops.squeeze; ONNX: Squeeze',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { axis: sampleAxisField('that is removed') },
  inferShape: ({ inputs, parameters }) => {
    const sample = onlyShape({ inputs })
    const axis = resolveAxis(parameters.axis, sample.length)
    if (typeof axis !== 'number') return axis
    if (sizeAt(sample, axis) === 1 && sample.length > 1) return sample.toSpliced(axis, 1)
    return {
      code: 'shape.mismatch',
      expected: `expects a shape of at least two axes whose axis ${axis} has size 1`,
      hint: 'Choose an axis of size 1, or use Flatten or Reshape.',
      parameter: 'axis',
    }
  },
  weights: () => [],
  flops: () => 0,
  activationElements: () => 0,
  lower: ({ builder, inputs, output }) =>
    builder.apply('Reshape', [onlyTensor({ inputs }), builder.integers([0, ...output])]),
})
