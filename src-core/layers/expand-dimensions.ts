import { defineLayer } from './define-layer.ts'
import { resolveAxis, sampleAxisField } from './support/axis.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const expandDimensionsLayer = defineLayer({
  kind: 'expandDimensions',
  label: 'ExpandDimensions',
  category: 'Shape',
  description: 'Adds an axis of size 1, e.g. the channel axis of a picture that has only height and width.',
  formula: 'y = x with a new axis of size 1',
  reference: 'Keras 3: keras.ops.expand_dims; ONNX: Unsqueeze',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { axis: sampleAxisField('that is added') },
  inferShape: ({ inputs, parameters }) => {
    const sample = onlyShape({ inputs })
    const axis = resolveAxis(parameters.axis, sample.length + 1)
    if (typeof axis === 'number') return sample.toSpliced(axis, 0, 1)
    return {
      ...axis,
      expected: `expects an input of at least ${parameters.axis < 0 ? -parameters.axis - 1 : parameters.axis} axes to add axis ${parameters.axis}`,
      hint: `With this shape, the new axis can be 0 to ${sample.length}.`,
    }
  },
  weights: () => [],
  flops: () => 0,
  activationElements: () => 0,
  lower: ({ builder, inputs, output }) =>
    builder.apply('Reshape', [onlyTensor({ inputs }), builder.integers([0, ...output])]),
})
