import { elementCount, type Shape } from '../../tensor-graph/types.ts'
import { defineLayer, isRefusal } from '../define-layer.ts'
import { initializer, penalty } from '../parameter-fields.ts'
import { activatedElements, activationFlops, lowerActivation } from './activations.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { filtersField, kernelWindow } from './convolution.ts'
import {
  depthwiseFields,
  depthwiseFlops,
  depthwiseWeight,
  inferDepthwise,
  lowerDepthwise,
} from './depthwise.ts'
import { channelWeight, kernelFields, kernelWeight } from './kernel.ts'
import { singleInput, singleOutput } from './ports.ts'
import { channelsOf, inChannelsFirst, type LayerTexts, placesOf, type Space, shapeOf } from './space.ts'
import { keepsSteps } from './window.ts'

function fields(space: Space) {
  return {
    filters: filtersField,
    ...depthwiseFields(space),
    pointwiseInitializer: initializer({
      ...kernelFields.kernelInitializer,
      label: 'Pointwise initializer',
      description: 'How the first values of the filters that mix channels are drawn.',
    }),
    pointwiseL1: penalty({
      label: 'Pointwise L1 penalty',
      description: 'Adds this times the sum of absolute values of the mixing filters to the loss.',
    }),
    pointwiseL2: penalty({
      label: 'Pointwise L2 penalty',
      description: 'Adds this times the sum of squared values of the mixing filters to the loss.',
    }),
  } as const
}

/** What is between the two steps: the output's places with the channels that are mixed. */
function filteredShape(space: Space, input: Shape, output: Shape, depthMultiplier: number): Shape {
  return shapeOf(space, channelsOf(space, input) * depthMultiplier, placesOf(space, output))
}

/** SeparableConv1D or SeparableConv2D: every channel's own filters, then a mix of the channels at each place. */
export function separableConvolutionLayer(space: Space, texts: LayerTexts) {
  return defineLayer({
    ...texts,
    category: 'Convolution',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: fields(space),
    inferShape: ({ inputs, parameters }) => {
      const filtered = inferDepthwise(space, onlyShape({ inputs }), parameters)
      return isRefusal(filtered) ? filtered : shapeOf(space, parameters.filters, placesOf(space, filtered))
    },
    maskRule: ({ parameters }) => (keepsSteps(space, kernelWindow(parameters)) ? 'passes' : 'ignores'),
    weights: ({ inputs, parameters }) => {
      const { filters, depthMultiplier, pointwiseInitializer, pointwiseL1, pointwiseL2 } = parameters
      const channels = channelsOf(space, onlyShape({ inputs }))
      const mixed = channels * depthMultiplier
      return [
        depthwiseWeight('depthwiseKernel', channels, parameters),
        kernelWeight(
          'pointwiseKernel',
          { initializer: pointwiseInitializer, l1: pointwiseL1, l2: pointwiseL2 },
          { shape: [filters, mixed, ...space.axes.map(() => 1)], fanIn: mixed, fanOut: filters },
        ),
        ...(parameters.useBias ? [channelWeight('bias', parameters.biasInitializer, filters)] : []),
      ]
    },
    flops: ({ inputs, output, parameters }) => {
      const { activation, depthMultiplier, useBias } = parameters
      const filtered = filteredShape(space, onlyShape({ inputs }), output, depthMultiplier)
      const mixing = 2 * channelsOf(space, filtered) + (useBias ? 1 : 0)
      return (
        depthwiseFlops(filtered, parameters) +
        mixing * elementCount(output) +
        activationFlops(activation, output)
      )
    },
    activationElements: ({ inputs, output, parameters }) =>
      elementCount(filteredShape(space, onlyShape({ inputs }), output, parameters.depthMultiplier)) +
      activatedElements(parameters.activation, output),
    lower: ({ builder, inputs, parameters, weight }) => {
      const mixed = inChannelsFirst(builder, space, onlyTensor({ inputs }), (x) => {
        const filtered = lowerDepthwise(builder, [x, weight('depthwiseKernel')], parameters)
        const mixing = [weight('pointwiseKernel'), ...(parameters.useBias ? [weight('bias')] : [])]
        return builder.apply('Conv', [filtered, ...mixing])
      })
      return lowerActivation(builder, mixed, parameters.activation)
    },
  })
}
