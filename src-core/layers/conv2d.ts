import { sizeAt } from '../shapes/axes.ts'
import type { PaddingMode } from '../shapes/window.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer, isRefusal } from './define-layer.ts'
import { integer, pair } from './parameter-fields.ts'
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
import { type ImageWindow, paddingField, windowAttributes, windowedSize } from './support/window.ts'

export const conv2dLayer = defineLayer({
  kind: 'conv2d',
  label: 'Conv2D',
  category: 'Convolution',
  description:
    'Slides small filters over an image; each one finds its pattern wherever it is. The heart of image networks.',
  formula: 'y[f] = activation(Σ_c x[c] ⋆ kernel[f, c] + bias[f])',
  reference: 'Keras 3: keras.layers.Conv2D; ONNX: Conv',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    filters: integer({
      label: 'Filters',
      essential: true,
      description: 'How many patterns are looked for: the channels of the output.',
      default: 32,
      max: 16_384,
    }),
    kernelSize: pair({
      label: 'Kernel size',
      essential: true,
      description: 'Height and width of each filter.',
      default: [3, 3],
      max: 1000,
    }),
    strides: pair({
      label: 'Strides',
      description: 'How far the filter moves; 2 halves the image.',
      default: [1, 1],
      max: 1000,
    }),
    padding: paddingField,
    activation: activationField(),
    dilationRate: pair({
      label: 'Dilation rate',
      description:
        'Distance between the points a filter looks at; above 1 it sees further with as many weights.',
      default: [1, 1],
      max: 1000,
      advanced: true,
    }),
    groups: integer({
      label: 'Groups',
      description: 'Splits channels and filters into groups that do not see each other; must divide both.',
      default: 1,
      max: 16_384,
      advanced: true,
    }),
    ...kernelFields,
  },
  inferShape: ({ inputs, parameters }) => {
    const image = onlyShape({ inputs })
    const size = windowedSize(image, kernelWindow(parameters))
    if (isRefusal(size)) return size
    const { filters, groups } = parameters
    if (sizeAt(image, 0) % groups !== 0) {
      return {
        code: 'layer.badParameter',
        expected: `expects a number of channels that its ${groups} groups divide`,
        hint: 'Choose groups that divide the channels, or 1.',
        parameter: 'groups',
      }
    }
    if (filters % groups !== 0) {
      return {
        code: 'layer.badParameter',
        expected: `expects a number of filters that its ${groups} groups divide`,
        hint: `It has ${filters} filters; choose groups that divide them, or 1.`,
        parameter: 'groups',
        ownFault: true,
      }
    }
    return constraintFault(parameters) ?? [filters, ...size]
  },
  weights: ({ inputs, parameters }) => {
    const { filters, groups, kernelSize } = parameters
    const channels = sizeAt(onlyShape({ inputs }), 0) / groups
    const area = elementCount(kernelSize)
    const shape = [filters, channels, ...kernelSize]
    return kernelWeights(parameters, { shape, fanIn: channels * area, fanOut: filters * area }, filters)
  },
  flops: ({ inputs, output, parameters }) => {
    const channels = sizeAt(onlyShape({ inputs }), 0) / parameters.groups
    const perOutput = 2 * channels * elementCount(parameters.kernelSize) + (parameters.useBias ? 1 : 0)
    return perOutput * elementCount(output) + activationFlops(parameters.activation, output)
  },
  activationElements: ({ output, parameters }) => activatedElements(parameters.activation, output),
  lower: ({ builder, inputs, parameters, weight }) => {
    const x = onlyTensor({ inputs })
    const operands = parameters.useBias ? [x, weight('kernel'), weight('bias')] : [x, weight('kernel')]
    const convolved = builder.apply('Conv', operands, {
      ...windowAttributes(x.shape.slice(1), kernelWindow(parameters)),
      dilations: parameters.dilationRate,
      group: parameters.groups,
    })
    return lowerActivation(builder, convolved, parameters.activation)
  },
})

interface KernelGeometry {
  readonly kernelSize: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly dilationRate: readonly [number, number]
  readonly padding: PaddingMode
}

function kernelWindow({ kernelSize, strides, dilationRate, padding }: KernelGeometry): ImageWindow {
  return { what: 'kernel', kernel: kernelSize, strides, dilation: dilationRate, padding }
}
