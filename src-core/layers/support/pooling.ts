import { sizeAt } from '../../shapes/axes.ts'
import type { PaddingMode } from '../../shapes/window.ts'
import { elementCount, type Shape } from '../../tensor-graph/types.ts'
import { isRefusal, type ShapedLayerContext, type ShapeRefusal } from '../define-layer.ts'
import { pair } from '../parameter-fields.ts'
import { onlyShape } from './context.ts'
import { type ImageWindow, paddingField, windowedSize } from './window.ts'

export const poolingFields = {
  poolSize: pair({
    label: 'Pool size',
    essential: true,
    description: 'Height and width of the window.',
    default: [2, 2],
    max: 1000,
  }),
  strides: pair({
    label: 'Strides',
    description: 'How far the window moves; equal to the pool size, windows do not overlap.',
    default: [2, 2],
    max: 1000,
  }),
  padding: paddingField,
} as const

interface PoolingParameters {
  readonly poolSize: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly padding: PaddingMode
}

export function poolingWindow(parameters: PoolingParameters): ImageWindow {
  const { poolSize, strides, padding } = parameters
  return { what: 'pooling window', kernel: poolSize, strides, dilation: [1, 1], padding }
}

export function inferPooling(parameters: PoolingParameters, image: Shape): Shape | ShapeRefusal {
  const size = windowedSize(image, poolingWindow(parameters))
  return isRefusal(size) ? size : [sizeAt(image, 0), ...size]
}

/** One comparison or addition per element of each window. */
export function poolingFlops(context: ShapedLayerContext<PoolingParameters>): number {
  return elementCount(context.output) * elementCount(context.parameters.poolSize)
}

/** Global pooling turns an image into one number per channel. */
export function inferGlobalPooling(image: Shape, refusal: ShapeRefusal | undefined): Shape | ShapeRefusal {
  return refusal ?? [sizeAt(image, 0)]
}

/** One operation per element of the input. */
export function globalPoolingFlops(context: { readonly inputs: readonly Shape[] }): number {
  return elementCount(onlyShape(context))
}
