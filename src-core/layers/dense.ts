import { sizeAt } from '../shapes/axes.ts'
import { formatShape } from '../shapes/format-shape.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import {
  activatedElements,
  activationField,
  activationFlops,
  lowerActivation,
} from './support/activations.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { kernelFields, kernelWeights } from './support/kernel.ts'
import { constraintFault } from './support/kernel-constraint.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const denseLayer = defineLayer({
  kind: 'dense',
  label: 'Dense',
  category: 'Core',
  description:
    'Every output is a weighted sum of every input. The classic layer of a network; the last one has a unit per class.',
  formula: 'y = activation(x · kernel + bias)',
  reference: 'Keras 3: keras.layers.Dense',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    units: integer({
      label: 'Units',
      essential: true,
      description: 'How many values the layer gives.',
      default: 32,
      max: 65_536,
    }),
    activation: activationField(),
    ...kernelFields,
  },
  inferShape: ({ inputs, parameters }) =>
    constraintFault(parameters) ?? [...onlyShape({ inputs }).slice(0, -1), parameters.units],
  maskRule: () => 'passes',
  weights: ({ inputs, parameters }) => {
    const size = sizeAt(onlyShape({ inputs }), -1)
    const { units } = parameters
    return kernelWeights(parameters, { shape: [size, units], fanIn: size, fanOut: units }, units)
  },
  advise: ({ inputs, output }) => {
    const shape = onlyShape({ inputs })
    if (shape.length < 3) return undefined
    const what = shape.length === 4 ? 'a volume' : 'an image'
    return {
      code: 'shape.rank',
      message: `gets ${what} of ${formatShape(shape)} and works on its last axis only, which gives ${formatShape(output)}`,
      hint: 'Insert Flatten before it to make one list of all values.',
      remedy: 'insertFlatten',
    }
  },
  flops: ({ inputs, output, parameters }) => {
    const perOutput = 2 * sizeAt(onlyShape({ inputs }), -1) + (parameters.useBias ? 1 : 0)
    return perOutput * elementCount(output) + activationFlops(parameters.activation, output)
  },
  activationElements: ({ output, parameters }) => activatedElements(parameters.activation, output),
  lower: ({ builder, inputs, parameters, weight }) => {
    const x = onlyTensor({ inputs })
    const operands = parameters.useBias ? [x, weight('kernel'), weight('bias')] : [x, weight('kernel')]
    if (x.shape.length === 2) {
      return lowerActivation(builder, builder.apply('Gemm', operands), parameters.activation)
    }
    const product = builder.apply('MatMul', [x, weight('kernel')])
    const sum = parameters.useBias ? builder.apply('Add', [product, weight('bias')]) : product
    // Of an image, too, the units are the last axis.
    return lowerActivation(builder, sum, parameters.activation, undefined, sum.shape.length - 1)
  },
})
