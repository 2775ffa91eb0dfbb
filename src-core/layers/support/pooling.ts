import type { PaddingMode } from '../../shapes/window.ts'
import { elementCount, type Shape } from '../../tensor-graph/types.ts'
import { defineLayer, isRefusal, type MaskRule } from '../define-layer.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'
import {
  channelsOf,
  inChannelsFirst,
  type LayerTexts,
  requireSpace,
  type Sizes,
  type Space,
  shapeOf,
  sizeList,
  sizesField,
} from './space.ts'
import { keepsSteps, paddingField, type SpatialWindow, windowAttributes, windowedPlaces } from './window.ts'

const poolSizeTexts: Readonly<Record<string, string>> = {
  sequence: 'Steps of the window.',
  image: 'Height and width of the window.',
  volume: 'Depth, height and width of the window.',
}

function poolingFields(space: Space) {
  return {
    poolSize: sizesField(space, {
      label: 'Pool size',
      essential: true,
      description: poolSizeTexts[space.name] ?? '',
      default: 2,
    }),
    strides: sizesField(space, {
      label: 'Strides',
      description: 'How far the window moves; equal to the pool size, windows do not overlap.',
      default: 2,
    }),
    padding: paddingField(space),
  } as const
}

interface PoolingParameters {
  readonly poolSize: Sizes
  readonly strides: Sizes
  readonly padding: PaddingMode
}

function poolingWindow({ poolSize, strides, padding }: PoolingParameters): SpatialWindow {
  const kernel = sizeList(poolSize)
  return {
    what: 'pooling window',
    kernel,
    strides: sizeList(strides),
    dilation: kernel.map(() => 1),
    padding,
  }
}

/** Largest value or mean of a sliding window; padding never counts. */
export function poolingLayer(space: Space, operator: 'MaxPool' | 'AveragePool', texts: LayerTexts) {
  return defineLayer({
    ...texts,
    category: 'Pooling',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: poolingFields(space),
    inferShape: ({ inputs, parameters }) => {
      const shape = onlyShape({ inputs })
      const places = windowedPlaces(space, shape, poolingWindow(parameters))
      return isRefusal(places) ? places : shapeOf(space, channelsOf(space, shape), places)
    },
    maskRule: ({ parameters }): MaskRule =>
      keepsSteps(space, poolingWindow(parameters)) ? 'passes' : 'ignores',
    weights: () => [],
    // One comparison or addition per element of each window.
    flops: ({ output, parameters }) => elementCount(output) * elementCount(sizeList(parameters.poolSize)),
    lower: ({ builder, inputs, parameters }) =>
      inChannelsFirst(builder, space, onlyTensor({ inputs }), (x) =>
        builder.apply(operator, [x], {
          ...windowAttributes(x.shape.slice(2), poolingWindow(parameters)),
          ...(operator === 'AveragePool' && { count_include_pad: 0 }),
        }),
      ),
  })
}

/** Largest value or mean over all places: one number per channel. */
export function globalPoolingLayer(space: Space, operator: 'ReduceMax' | 'ReduceMean', texts: LayerTexts) {
  return defineLayer({
    ...texts,
    category: 'Pooling',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: {},
    inferShape: ({ inputs }) => {
      const shape = onlyShape({ inputs })
      return requireSpace(space, shape) ?? [channelsOf(space, shape)]
    },
    weights: () => [],
    flops: globalPoolingFlops,
    lower: ({ builder, inputs }) => {
      const axes = space.axes.map((_, axis) => axis + (space.channelsFirst ? 2 : 1))
      return builder.apply(operator, [onlyTensor({ inputs }), builder.integers(axes)], { keepdims: 0 })
    },
  })
}

/** One operation per element of the input. */
export function globalPoolingFlops(context: { readonly inputs: readonly Shape[] }): number {
  return elementCount(onlyShape(context))
}
