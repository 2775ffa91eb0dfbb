import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import { paddedAxes, slicedAxes } from '../../tensor-graph/operators/slicing.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { type AxisMap, applyTransposed } from './axis-matrix.ts'

/** Zeros around the gradient; between its elements too where the step was not 1. */
function slice(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const { shape } = node.input(0)
  node.contribute(0, () => {
    let gradient = node.gradient()
    const before: number[] = []
    const after: number[] = []
    for (const [axis, sliced] of slicedAxes(node.call).entries()) {
      const size = sizeAt(shape, axis)
      const plain = sliced.step === 1 && sliced.size > 0
      before.push(plain ? sliced.start : 0)
      after.push(plain ? size - sliced.start - sliced.size : 0)
      if (plain) continue
      if (sliced.size === 0) return arithmetic.filled(shape, 0)
      const map: AxisMap = Array.from({ length: sliced.size }, (_, index) => [
        [sliced.start + index * sliced.step, 1],
      ])
      gradient = applyTransposed(arithmetic, gradient, axis, map, size)
    }
    return padding(node, gradient, before, after, builder.integers([...before, ...after]))
  })
}

function padding(
  node: BackwardNode,
  x: TensorValue,
  before: readonly number[],
  after: readonly number[],
  pads: TensorValue,
): TensorValue {
  return [...before, ...after].every((size) => size === 0) ? x : node.builder.apply('Pad', [x, pads])
}

function pad(node: BackwardNode): void {
  if (node.call.text('mode', 'constant') === 'constant') constantPad(node)
  else repeatingPad(node)
}

/** Negative pads undo pads, and pads undo cuts. */
function constantPad(node: BackwardNode): void {
  const { arithmetic, builder } = node
  const pads = paddedAxes(node.call)
  const undo = [...pads.map(({ before }) => 0 - before), ...pads.map(({ after }) => 0 - after)]
  const inner = () =>
    undo.every((size) => size === 0)
      ? node.gradient()
      : builder.apply('Pad', [node.gradient(), builder.integers(undo)])
  node.contribute(0, inner)
  node.contribute(2, () => {
    const everything = arithmetic.sum(node.gradient(), [...node.output().shape.keys()], false)
    const kept = inner()
    return arithmetic.subtract(everything, arithmetic.sum(kept, [...kept.shape.keys()], false))
  })
}

/** Which element of an axis of `size` a padded position repeats. */
function repeated(position: number, size: number, mode: string): number {
  if (mode === 'edge') return Math.min(Math.max(position, 0), size - 1)
  if (mode === 'wrap') return ((position % size) + size) % size
  const period = Math.max(1, 2 * (size - 1))
  const folded = ((position % period) + period) % period
  return folded < size ? folded : period - folded
}

function repeatingPad(node: BackwardNode): void {
  const mode = node.call.text('mode', 'constant')
  node.contribute(0, () => {
    let gradient = node.gradient()
    for (const [axis, { before, after }] of paddedAxes(node.call).entries()) {
      if (before === 0 && after === 0) continue
      const size = sizeAt(node.input(0).shape, axis)
      const map: AxisMap = Array.from({ length: before + size + after }, (_, index) => [
        [repeated(index - before, size, mode), 1],
      ])
      gradient = applyTransposed(node.arithmetic, gradient, axis, map, size)
    }
    return gradient
  })
}

export const slicingRules: RuleFamily = { Slice: slice, Pad: pad }
