import type { WeightSpec } from '../../compile/model-plan.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import type { InitializerKind } from '../../training/initializers.ts'
import { isRefusal, type ShapeRefusal } from '../define-layer.ts'
import { boolean, initializer, integer, penalty } from '../parameter-fields.ts'
import { kernelWindow, slidingFields } from './convolution.ts'
import { kernelFields, kernelWeight } from './kernel.ts'
import { channelsOf, type Sizes, type Space, shapeOf, sizeList } from './space.ts'
import { paddingField, type SpatialWindow, windowAttributes, windowedPlaces } from './window.ts'

/** Parameters of a convolution that filters every channel by itself, under their Keras names. */
export function depthwiseFields(space: Space) {
  return {
    ...slidingFields(space),
    padding: paddingField(space),
    depthMultiplier: integer({
      label: 'Depth multiplier',
      description: 'How many filters every channel has.',
      default: 1,
      max: 1024,
    }),
    useBias: boolean(kernelFields.useBias),
    depthwiseInitializer: initializer({
      ...kernelFields.kernelInitializer,
      label: 'Depthwise initializer',
      description: 'How the first values of every channel’s filters are drawn.',
    }),
    biasInitializer: kernelFields.biasInitializer,
    depthwiseL1: penalty({
      label: 'Depthwise L1 penalty',
      description: 'Adds this times the sum of absolute values of the channels’ filters to the loss.',
    }),
    depthwiseL2: penalty({
      label: 'Depthwise L2 penalty',
      description: 'Adds this times the sum of squared values of the channels’ filters to the loss.',
    }),
  } as const
}

interface DepthwiseParameters {
  readonly kernelSize: Sizes
  readonly strides: Sizes
  readonly dilationRate: Sizes
  readonly padding: SpatialWindow['padding']
  readonly depthMultiplier: number
  readonly depthwiseInitializer: InitializerKind
  readonly depthwiseL1: number
  readonly depthwiseL2: number
}

/** The shape after every channel's own filters: channels · depthMultiplier of them. */
export function inferDepthwise(
  space: Space,
  shape: Shape,
  parameters: DepthwiseParameters,
): Shape | ShapeRefusal {
  const places = windowedPlaces(space, shape, kernelWindow(parameters))
  if (isRefusal(places)) return places
  return shapeOf(space, channelsOf(space, shape) * parameters.depthMultiplier, places)
}

/** [channels · depthMultiplier, 1, …window], the filters of a channel side by side. Fans as Keras counts them. */
export function depthwiseWeight(name: string, channels: number, parameters: DepthwiseParameters): WeightSpec {
  const { depthMultiplier, depthwiseInitializer, depthwiseL1, depthwiseL2 } = parameters
  const kernelSize = sizeList(parameters.kernelSize)
  const area = elementCount(kernelSize)
  return kernelWeight(
    name,
    { initializer: depthwiseInitializer, l1: depthwiseL1, l2: depthwiseL2 },
    {
      shape: [channels * depthMultiplier, 1, ...kernelSize],
      fanIn: channels * area,
      fanOut: depthMultiplier * area,
    },
  )
}

/** Multiply-adds of the channels' own filters that give `output`, without bias. */
export function depthwiseFlops(output: Shape, { kernelSize }: DepthwiseParameters): number {
  return 2 * elementCount(sizeList(kernelSize)) * elementCount(output)
}

/** x [batch, channels, …places], every channel filtered by itself. */
export function lowerDepthwise(
  builder: GraphBuilder,
  operands: readonly [x: TensorValue, kernel: TensorValue, ...bias: TensorValue[]],
  parameters: DepthwiseParameters,
): TensorValue {
  const [, channels = 1, ...places] = operands[0].shape
  return builder.apply('Conv', operands, {
    ...windowAttributes(places, kernelWindow(parameters)),
    dilations: sizeList(parameters.dilationRate),
    group: channels,
  })
}
