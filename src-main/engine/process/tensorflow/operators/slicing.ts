import type { Tensor } from '@tensorflow/tfjs'
import { sizeAt } from '../../../../../src-core/tensor-graph/operators/define-operator.ts'
import { paddedAxes, slicedAxes } from '../../../../../src-core/tensor-graph/operators/slicing.ts'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

/** Steps other than 1 are gathered: TensorFlow.js has no gradient for strided slices. */
const slice: TensorflowOperator = (node) => {
  const { tf } = node
  const axes = slicedAxes(node)
  const plain = axes.map(({ start, step, size }, axis) =>
    step === 1 ? { start, size } : { start: 0, size: node.size(0, axis) },
  )
  const stepped = axes.flatMap(({ start, step, size }, axis) =>
    step === 1
      ? []
      : [{ axis, places: node.lastingIntegers(Array.from({ length: size }, (_, at) => start + at * step)) }],
  )
  const starts = plain.map(({ start, size }) => (size === 0 ? 0 : start))
  const sizes = plain.map(({ size }) => size)
  return (x) => {
    let result: Tensor = axes.length === 0 ? x(0).clone() : tf.slice(x(0), starts, sizes)
    for (const { axis, places } of stepped) result = tf.gather(result, places, axis)
    return result
  }
}

type Pads = readonly { readonly before: number; readonly after: number }[]

/** Which element of an axis of `size` a padded position repeats. */
function repeated(position: number, size: number, mode: string): number {
  if (mode === 'edge') return Math.min(Math.max(position, 0), size - 1)
  if (mode === 'wrap') return ((position % size) + size) % size
  const period = Math.max(1, 2 * (size - 1))
  const folded = ((position % period) + period) % period
  return folded < size ? folded : period - folded
}

/** Pads that repeat elements pick them axis by axis. */
function repeatingPad(node: OperatorNode, pads: Pads, mode: string) {
  const { tf } = node
  const moved = pads.flatMap(({ before, after }, axis) => {
    if (before === 0 && after === 0) return []
    const size = node.size(0, axis)
    const places = Array.from({ length: before + size + after }, (_, at) => repeated(at - before, size, mode))
    return [{ axis, places: node.lastingIntegers(places) }]
  })
  return (x: Tensor) => moved.reduce((result, { axis, places }) => tf.gather(result, places, axis), x.clone())
}

/** Negative pads cut; the others surround what is left. */
function cutAndSurround({ tf }: OperatorNode, shape: readonly number[], pads: Pads) {
  const cuts = pads.map(({ before, after }) => [Math.max(0, -before), Math.max(0, -after)] as const)
  const starts = cuts.map(([before]) => before)
  const sizes = cuts.map(([before, after], axis) => sizeAt(shape, axis) - before - after)
  const around = pads.map(({ before, after }): [number, number] => [Math.max(0, before), Math.max(0, after)])
  const isCut = cuts.some(([before, after]) => before > 0 || after > 0)
  return (x: Tensor, value: number) => tf.pad(isCut ? tf.slice(x, starts, sizes) : x, around, value)
}

const pad: TensorflowOperator = (node) => {
  const pads = paddedAxes(node)
  const mode = node.text('mode', 'constant')
  if (mode !== 'constant') {
    const extend = repeatingPad(node, pads, mode)
    return (x) => extend(x(0))
  }
  const { tf } = node
  const surround = cutAndSurround(node, node.input(0).shape, pads)
  const given = node.inputs[2]
  const known = given ? node.constantData(given)?.[0] : 0
  if (known !== undefined) return (x) => surround(x(0), Number(known))
  // The number is computed: it stands where a mask of ones was padded with zeros.
  return (x) => {
    const inside = surround(tf.onesLike(x(0)), 0)
    return tf.add(surround(x(0), 0), tf.mul(tf.sub(1, inside), x(2)))
  }
}

export const slicingOperators: TensorflowOperatorFamily = { Slice: slice, Pad: pad }
