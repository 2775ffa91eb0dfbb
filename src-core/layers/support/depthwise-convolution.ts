import { elementCount } from '../../tensor-graph/types.ts'
import { defineLayer } from '../define-layer.ts'
import { activatedElements, activationFlops, lowerActivation } from './activations.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { kernelWindow } from './convolution.ts'
import {
  depthwiseFields,
  depthwiseFlops,
  depthwiseWeight,
  inferDepthwise,
  lowerDepthwise,
} from './depthwise.ts'
import { channelWeight } from './kernel.ts'
import { singleInput, singleOutput } from './ports.ts'
import { channelsOf, inChannelsFirst, type LayerTexts, type Space } from './space.ts'
import { keepsSteps } from './window.ts'

/** DepthwiseConv1D or DepthwiseConv2D. */
export function depthwiseConvolutionLayer(space: Space, texts: LayerTexts) {
  return defineLayer({
    ...texts,
    category: 'Convolution',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: depthwiseFields(space),
    inferShape: ({ inputs, parameters }) => inferDepthwise(space, onlyShape({ inputs }), parameters),
    maskRule: ({ parameters }) => (keepsSteps(space, kernelWindow(parameters)) ? 'passes' : 'ignores'),
    weights: ({ inputs, output, parameters }) => [
      depthwiseWeight('kernel', channelsOf(space, onlyShape({ inputs })), parameters),
      ...(parameters.useBias
        ? [channelWeight('bias', parameters.biasInitializer, channelsOf(space, output))]
        : []),
    ],
    flops: ({ output, parameters }) =>
      depthwiseFlops(output, parameters) +
      (parameters.useBias ? elementCount(output) : 0) +
      activationFlops(parameters.activation, output),
    activationElements: ({ output, parameters }) => activatedElements(parameters.activation, output),
    lower: ({ builder, inputs, parameters, weight }) => {
      const kernel = weight('kernel')
      const biases = parameters.useBias ? [weight('bias')] : []
      const filtered = inChannelsFirst(builder, space, onlyTensor({ inputs }), (x) =>
        lowerDepthwise(builder, [x, kernel, ...biases], parameters),
      )
      return lowerActivation(builder, filtered, parameters.activation)
    },
  })
}
