import { type ResizedAxis, resizedAxes } from '../../tensor-graph/operators/resize.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { type AxisMap, applyTransposed, isIdentity } from './axis-matrix.ts'

/** Where an output position lies in the input (ONNX Resize, coordinate_transformation_mode). */
function sourcePosition(axis: ResizedAxis, index: number, mode: string): number {
  if (mode === 'asymmetric') return index / axis.scale
  if (mode === 'align_corners') return axis.output === 1 ? 0 : (index * (axis.input - 1)) / (axis.output - 1)
  if (mode === 'pytorch_half_pixel' && axis.output === 1) return 0
  return (index + 0.5) / axis.scale - 0.5
}

function nearest(position: number, mode: string): number {
  if (mode === 'floor') return Math.floor(position)
  if (mode === 'ceil') return Math.ceil(position)
  return mode === 'round_prefer_ceil' ? Math.floor(position + 0.5) : Math.ceil(position - 0.5)
}

function axisMap(axis: ResizedAxis, node: BackwardNode): AxisMap {
  const coordinates = node.call.text('coordinate_transformation_mode', 'half_pixel')
  const clamp = (position: number) => Math.min(Math.max(position, 0), axis.input - 1)
  return Array.from({ length: axis.output }, (_, index) => {
    const position = sourcePosition(axis, index, coordinates)
    if (node.call.text('mode', 'nearest') === 'nearest') {
      return [[clamp(nearest(position, node.call.text('nearest_mode', 'round_prefer_floor'))), 1]]
    }
    const inside = clamp(position)
    const low = Math.floor(inside)
    const high = Math.min(low + 1, axis.input - 1)
    return [
      [low, 1 - (inside - low)],
      [high, inside - low],
    ]
  })
}

/** Resizing is linear and separable: the gradient goes back through the transposed map of every axis. */
function resize(node: BackwardNode): void {
  node.contribute(0, () => {
    let gradient = node.gradient()
    for (const [index, axis] of resizedAxes(node.call).entries()) {
      const map = axisMap(axis, node)
      if (!isIdentity(map, axis.input)) {
        gradient = applyTransposed(node.arithmetic, gradient, index, map, axis.input)
      }
    }
    return gradient
  })
}

export const resizeRules: RuleFamily = { Resize: resize }
