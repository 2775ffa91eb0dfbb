import type { Tensor } from '@tensorflow/tfjs'
import type { WindowAxis } from '../../../../../src-core/tensor-graph/operators/window.ts'
import type { OperatorNode } from '../operator-node.ts'

/** Positions of a window's elements: one per axis, e.g. [0, 0], [0, 1], [1, 0] ... */
function kernelPositions(window: readonly WindowAxis[]): number[][] {
  return window.reduce<number[][]>(
    (positions, { kernel }) =>
      positions.flatMap((position) => [...Array(kernel).keys()].map((at) => [...position, at])),
    [[]],
  )
}

/** Where an element of every window lies along one axis; −1 in the pads. */
function places(axis: WindowAxis, element: number): number[] {
  return Array.from({ length: axis.output }, (_, index) => {
    const place = index * axis.stride + element * axis.dilation - axis.padBegin
    return place >= 0 && place < axis.input ? place : -1
  })
}

/**
 * For every element of the window a tensor [batch, channels, …outputs]: that element of all windows, with `outside` in
 * the pads. Serves windows of any kind, dilated and with any number of axes.
 */
export function windowElements(
  node: OperatorNode,
  window: readonly WindowAxis[],
  outside: number,
): (x: Tensor) => Tensor[] {
  const { tf } = node
  const perAxis = window.map((axis) =>
    Array.from({ length: axis.kernel }, (_, element) =>
      // The pads become one position behind the axis's last.
      node.lastingIntegers(places(axis, element).map((place) => (place < 0 ? axis.input : place))),
    ),
  )
  const pads: [number, number][] = [[0, 0], [0, 0], ...window.map((): [number, number] => [0, 1])]
  const positions = kernelPositions(window)
  return (x) => {
    const padded = tf.pad(x, pads, outside)
    return positions.map((position) =>
      position.reduce((picked, element, axis) => {
        const at = perAxis[axis]?.[element]
        return at ? tf.gather(picked, at, axis + 2) : picked
      }, padded),
    )
  }
}

/**
 * A table of where the elements of the windows lie in a flattened plane, element after element, and the places of the
 * windows in one element's part of the table.
 */
export function windowPositions(node: OperatorNode, window: readonly WindowAxis[]) {
  const table = kernelPositions(window).flatMap((position) =>
    position.reduce<number[]>(
      (flat, element, at) => {
        const axis = window[at]
        if (!axis) return flat
        const along = places(axis, element)
        return flat.flatMap((before) =>
          along.map((place) => (before < 0 || place < 0 ? -1 : before * axis.input + place)),
        )
      },
      [0],
    ),
  )
  const outputs = window.map(({ output }) => output)
  const count = outputs.reduce((product, size) => product * size, 1)
  return {
    table: node.lastingIntegers(table),
    places: node.lastingIntegers([...Array(count).keys()], outputs),
  }
}
