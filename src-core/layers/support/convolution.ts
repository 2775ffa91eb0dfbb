import { elementCount } from '../../tensor-graph/types.ts'
import { defineLayer, isRefusal, type ShapeRefusal } from '../define-layer.ts'
import { integer } from '../parameter-fields.ts'
import { activatedElements, activationField, activationFlops, lowerActivation } from './activations.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { kernelFields, kernelWeights } from './kernel.ts'
import { constraintFault } from './kernel-constraint.ts'
import { singleInput, singleOutput } from './ports.ts'
import {
  channelsOf,
  inChannelsFirst,
  type LayerTexts,
  type Sizes,
  type Space,
  shapeOf,
  sizeList,
  sizesField,
} from './space.ts'
import {
  convolutionPaddingField,
  keepsSteps,
  type SpatialWindow,
  windowAttributes,
  windowedPlaces,
} from './window.ts'

const kernelSizeTexts: Readonly<Record<string, string>> = {
  sequence: 'Steps that each filter sees at once.',
  image: 'Height and width of each filter.',
  volume: 'Depth, height and width of each filter.',
}

/** Parameters of everything that slides a kernel over places. */
export function slidingFields(space: Space) {
  return {
    kernelSize: sizesField(space, {
      label: 'Kernel size',
      essential: true,
      description: kernelSizeTexts[space.name] ?? '',
      default: 3,
    }),
    strides: sizesField(space, {
      label: 'Strides',
      description: `How far the filter moves; 2 halves the ${space.name}.`,
      default: 1,
    }),
    padding: convolutionPaddingField(space),
    activation: activationField(),
    dilationRate: sizesField(space, {
      label: 'Dilation rate',
      description:
        'Distance between the points a filter looks at; above 1 it sees further with as many weights.',
      default: 1,
      advanced: true,
    }),
  } as const
}

export const filtersField = integer({
  label: 'Filters',
  essential: true,
  description: 'How many patterns are looked for: the channels of the output.',
  default: 32,
  max: 16_384,
})

interface KernelGeometry {
  readonly kernelSize: Sizes
  readonly strides: Sizes
  readonly dilationRate: Sizes
  readonly padding: SpatialWindow['padding']
}

export function kernelWindow(parameters: KernelGeometry): SpatialWindow {
  return {
    what: 'kernel',
    kernel: sizeList(parameters.kernelSize),
    strides: sizeList(parameters.strides),
    dilation: sizeList(parameters.dilationRate),
    padding: parameters.padding,
  }
}

/** Why a number of groups does not fit, or undefined. */
function groupsRefusal(channels: number, filters: number, groups: number): ShapeRefusal | undefined {
  if (channels % groups !== 0) {
    return {
      code: 'layer.badParameter',
      expected: `expects a number of channels that its ${groups} groups divide`,
      hint: 'Choose groups that divide the channels, or 1.',
      parameter: 'groups',
    }
  }
  return filterGroupsRefusal(filters, groups)
}

/** Why filters cannot be divided into these groups, or undefined. */
export function filterGroupsRefusal(filters: number, groups: number): ShapeRefusal | undefined {
  if (filters % groups === 0) return undefined
  return {
    code: 'layer.badParameter',
    expected: `expects a number of filters that its ${groups} groups divide`,
    hint: `It has ${filters} filters; choose groups that divide them, or 1.`,
    parameter: 'groups',
    ownFault: true,
  }
}

/** Conv1D, Conv2D or Conv3D. The kernel is stored as [filters, channels / groups, …window]. */
export function convolutionLayer(space: Space, texts: LayerTexts) {
  return defineLayer({
    ...texts,
    category: 'Convolution',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: {
      filters: filtersField,
      ...slidingFields(space),
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
      const shape = onlyShape({ inputs })
      const places = windowedPlaces(space, shape, kernelWindow(parameters))
      if (isRefusal(places)) return places
      const fault = constraintFault(parameters)
      if (fault) return fault
      const { filters, groups } = parameters
      return groupsRefusal(channelsOf(space, shape), filters, groups) ?? shapeOf(space, filters, places)
    },
    maskRule: ({ parameters }) => (keepsSteps(space, kernelWindow(parameters)) ? 'passes' : 'ignores'),
    weights: ({ inputs, parameters }) => {
      const { filters, groups } = parameters
      const kernelSize = sizeList(parameters.kernelSize)
      const channels = channelsOf(space, onlyShape({ inputs })) / groups
      const area = elementCount(kernelSize)
      const shape = [filters, channels, ...kernelSize]
      return kernelWeights(parameters, { shape, fanIn: channels * area, fanOut: filters * area }, filters)
    },
    flops: ({ inputs, output, parameters }) => {
      const channels = channelsOf(space, onlyShape({ inputs })) / parameters.groups
      const area = elementCount(sizeList(parameters.kernelSize))
      const perOutput = 2 * channels * area + (parameters.useBias ? 1 : 0)
      return perOutput * elementCount(output) + activationFlops(parameters.activation, output)
    },
    activationElements: ({ output, parameters }) => activatedElements(parameters.activation, output),
    lower: ({ builder, inputs, parameters, weight }) => {
      const weights = [weight('kernel'), ...(parameters.useBias ? [weight('bias')] : [])]
      const convolved = inChannelsFirst(builder, space, onlyTensor({ inputs }), (x) =>
        builder.apply('Conv', [x, ...weights], {
          ...windowAttributes(x.shape.slice(2), kernelWindow(parameters)),
          dilations: sizeList(parameters.dilationRate),
          group: parameters.groups,
        }),
      )
      return lowerActivation(builder, convolved, parameters.activation)
    },
  })
}
