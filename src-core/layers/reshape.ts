import { formatShape } from '../shapes/format-shape.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { shape } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const reshapeLayer = defineLayer({
  kind: 'reshape',
  label: 'Reshape',
  category: 'Shape',
  description: 'Arranges the same values on other axes, e.g. a list of 784 as a 1 × 28 × 28 image.',
  formula: 'y = x arranged as targetShape',
  reference: 'Keras 3: keras.layers.Reshape',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    targetShape: shape({
      label: 'Target shape',
      essential: true,
      description: 'Sizes of the new axes; one of them may be −1: whatever is left.',
      default: [-1],
      allowUnknown: true,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const { targetShape } = parameters
    const total = elementCount(onlyShape({ inputs }))
    const known = elementCount(targetShape.filter((size) => size !== -1))
    const unknowns = targetShape.filter((size) => size === -1).length
    if (unknowns > 1) {
      return {
        code: 'layer.badParameter',
        expected: 'expects at most one −1 in its target shape',
        hint: `Its target shape is ${formatShape(targetShape)}; only one size can be whatever is left.`,
        parameter: 'targetShape',
        ownFault: true,
      }
    }
    if (unknowns === 0 ? known === total : total % known === 0) {
      return targetShape.map((size) => (size === -1 ? total / known : size))
    }
    return {
      code: 'shape.mismatch',
      expected:
        unknowns === 0
          ? `expects ${known.toLocaleString('en')} values for its target shape ${formatShape(targetShape)}`
          : `expects a multiple of ${known.toLocaleString('en')} values for its target shape ${formatShape(targetShape)}`,
      hint: `The sizes of the target shape must multiply to ${total.toLocaleString('en')}; −1 fills in the last one.`,
      parameter: 'targetShape',
    }
  },
  weights: () => [],
  flops: () => 0,
  activationElements: () => 0,
  lower: ({ builder, inputs, output }) =>
    builder.apply('Reshape', [onlyTensor({ inputs }), builder.integers([0, ...output])]),
})
