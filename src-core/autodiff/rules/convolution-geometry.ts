import type { WindowAxis } from '../../tensor-graph/operators/window.ts'
import type { Attributes } from '../../tensor-graph/types.ts'

/** A convolution seen from its larger side (`input`) to its smaller side (`output`). */
export interface ConvolutionGeometry {
  readonly group: number
  readonly window: readonly WindowAxis[]
}

/** The attributes of the Conv with this geometry; defaults are left out. */
export function windowAttributes({ group, window }: ConvolutionGeometry): Attributes {
  return {
    ...spatial(
      'strides',
      window.map((axis) => axis.stride),
      1,
    ),
    ...spatial(
      'dilations',
      window.map((axis) => axis.dilation),
      1,
    ),
    ...spatial('pads', [...window.map((axis) => axis.padBegin), ...window.map((axis) => axis.padEnd)], 0),
    ...(group === 1 ? {} : { group }),
  }
}

/** A list attribute, or nothing when all are as by default. */
export function spatial(name: string, values: readonly number[], fallback: number): Attributes {
  return values.every((value) => value === fallback) ? {} : { [name]: values }
}

/** Elements at the end of the padded input that no window reaches: 0 … stride − 1. */
export function unreached(axis: WindowAxis): number {
  const extent = (axis.kernel - 1) * axis.dilation + 1
  return axis.input + axis.padBegin + axis.padEnd - extent - axis.stride * (axis.output - 1)
}
