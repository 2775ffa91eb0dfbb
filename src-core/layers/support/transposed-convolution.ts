import { sizeAt } from '../../shapes/axes.ts'
import {
  type TransposedWindow,
  type TransposedWindowOptions,
  transposeWindow,
} from '../../shapes/transposed-window.ts'
import { elementCount, type Shape } from '../../tensor-graph/types.ts'
import { defineLayer, type ShapeRefusal } from '../define-layer.ts'
import { activatedElements, activationField, activationFlops, lowerActivation } from './activations.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { filtersField, slidingFields } from './convolution.ts'
import { kernelFields, kernelWeights } from './kernel.ts'
import { singleInput, singleOutput } from './ports.ts'
import {
  channelsOf,
  inChannelsFirst,
  type LayerTexts,
  placesOf,
  requireSpace,
  type Sizes,
  type Space,
  shapeOf,
  sizeList,
  sizesField,
} from './space.ts'
import { paddingField } from './window.ts'

function fields(space: Space) {
  const { kernelSize, dilationRate } = slidingFields(space)
  return {
    filters: filtersField,
    kernelSize,
    strides: sizesField(space, {
      label: 'Strides',
      essential: true,
      description: `How many times larger the ${space.name} becomes.`,
      default: 1,
    }),
    padding: {
      ...paddingField(space),
      description: `valid: every point that a filter reaches is kept. same: the ${space.name} becomes exactly as many times larger as the strides say.`,
    },
    outputPadding: sizesField(space, {
      label: 'Output padding',
      description:
        'Points added at the end, to choose among the sizes that a convolution would shrink alike; less than the strides. −1 chooses it by itself.',
      default: -1,
      min: -1,
      advanced: true,
    }),
    activation: activationField(),
    dilationRate,
    ...kernelFields,
  } as const
}

interface Parameters {
  readonly kernelSize: Sizes
  readonly strides: Sizes
  readonly dilationRate: Sizes
  readonly outputPadding: Sizes
  readonly padding: TransposedWindowOptions['padding']
}

function windows(places: Shape, parameters: Parameters): readonly TransposedWindow[] {
  const [kernels, strides, dilations, outputPaddings] = [
    sizeList(parameters.kernelSize),
    sizeList(parameters.strides),
    sizeList(parameters.dilationRate),
    sizeList(parameters.outputPadding),
  ]
  return places.map((size, axis) => {
    const outputPadding = sizeAt(outputPaddings, axis)
    return transposeWindow(size, {
      kernel: sizeAt(kernels, axis),
      stride: sizeAt(strides, axis),
      dilation: sizeAt(dilations, axis),
      padding: parameters.padding,
      ...(outputPadding >= 0 && { outputPadding }),
    })
  })
}

function outputPaddingRefusal({ outputPadding, strides }: Parameters): ShapeRefusal | undefined {
  const steps = sizeList(strides)
  if (sizeList(outputPadding).every((size, axis) => size < sizeAt(steps, axis))) return undefined
  return {
    code: 'layer.badParameter',
    expected: `expects an output padding that is less than its strides (${steps.join(', ')})`,
    hint: 'Choose a smaller output padding, or −1.',
    parameter: 'outputPadding',
    ownFault: true,
  }
}

function inferPlaces(space: Space, shape: Shape, parameters: Parameters): Shape | ShapeRefusal {
  const refusal = requireSpace(space, shape) ?? outputPaddingRefusal(parameters)
  if (refusal) return refusal
  const places = windows(placesOf(space, shape), parameters).map(({ output }) => output)
  if (places.every((size) => size >= 1)) return places
  return {
    code: 'shape.tooSmall',
    expected: `expects ${space.one} that is large enough for the padding it cuts off`,
    hint: 'Set the output padding to −1, or make the kernel smaller.',
    parameter: 'outputPadding',
  }
}

/**
 * Conv1DTranspose, Conv2DTranspose or Conv3DTranspose: what carries gradients through a convolution. The kernel is
 * stored as [channels, filters, …window], as ONNX has it.
 */
export function transposedConvolutionLayer(space: Space, texts: LayerTexts) {
  return defineLayer({
    ...texts,
    category: 'Convolution',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: fields(space),
    inferShape: ({ inputs, parameters }) => {
      const places = inferPlaces(space, onlyShape({ inputs }), parameters)
      return 'code' in places ? places : shapeOf(space, parameters.filters, places)
    },
    maskRule: ({ inputs, output }) =>
      space.axes.length === 1 && onlyShape({ inputs })[0] === output[0] ? 'passes' : 'ignores',
    weights: ({ inputs, parameters }) => {
      const { filters } = parameters
      const kernelSize = sizeList(parameters.kernelSize)
      const channels = channelsOf(space, onlyShape({ inputs }))
      const area = elementCount(kernelSize)
      const shape = [channels, filters, ...kernelSize]
      // Keras reads its kernel [...window, filters, channels] as if filters came in: the fans are swapped.
      return kernelWeights(parameters, { shape, fanIn: filters * area, fanOut: channels * area }, filters)
    },
    flops: ({ inputs, output, parameters }) => {
      const area = elementCount(sizeList(parameters.kernelSize))
      const products = 2 * elementCount(onlyShape({ inputs })) * parameters.filters * area
      const biases = parameters.useBias ? elementCount(output) : 0
      return products + biases + activationFlops(parameters.activation, output)
    },
    activationElements: ({ output, parameters }) => activatedElements(parameters.activation, output),
    lower: ({ builder, inputs, parameters, weight }) => {
      const weights = [weight('kernel'), ...(parameters.useBias ? [weight('bias')] : [])]
      const grown = inChannelsFirst(builder, space, onlyTensor({ inputs }), (x) => {
        const axes = windows(x.shape.slice(2), parameters)
        return builder.apply('ConvTranspose', [x, ...weights], {
          kernel_shape: sizeList(parameters.kernelSize),
          strides: sizeList(parameters.strides),
          dilations: sizeList(parameters.dilationRate),
          pads: [...axes.map(({ cutBefore }) => cutBefore), ...axes.map(({ cutAfter }) => cutAfter)],
          output_padding: axes.map(({ added }) => added),
        })
      })
      return lowerActivation(builder, grown, parameters.activation)
    },
  })
}
