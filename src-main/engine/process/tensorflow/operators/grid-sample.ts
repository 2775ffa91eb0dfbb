import type { Tensor } from '@tensorflow/tfjs'
import type { OperatorNode, TensorflowOperator, TensorflowOperatorFamily } from '../operator-node.ts'

/** Samples pictures [N, C, H, W] at places [N, H′, W′, 2] (x, y), where −1 and 1 are the pictures' outer edges. */
const gridSample: TensorflowOperator = (node) => {
  const { tf } = node
  if (node.number('align_corners', 0) !== 0) {
    return node.fail('align_corners is not supported by the TensorFlow engine')
  }
  const [images, channels, height, width] = [0, 1, 2, 3].map((axis) => node.size(0, axis))
  if (!images || !channels || !height || !width) return node.fail('the pictures are empty')
  const [rows, columns] = [node.size(1, 1), node.size(1, 2)]
  const read = pixelReader(node, [images, height, width])
  return (x) => {
    const pixels = tf.reshape(tf.transpose(x(0), [0, 2, 3, 1]), [images * height * width, channels])
    const [across, down] = tf.unstack(x(1), -1)
    if (!across || !down) return node.fail('a place of the grid must be two numbers')
    const parts = neighbours(node, down, height).flatMap((row) =>
      neighbours(node, across, width).map((column) => {
        const weight = tf.mul(row.weight, column.weight)
        return tf.mul(read(pixels, row.index, column.index), tf.expandDims(weight, -1))
      }),
    )
    return tf.transpose(tf.reshape(tf.addN(parts), [images, rows, columns, channels]), [0, 3, 1, 2])
  }
}

/** Reads pixels [N · H · W, C] at whole positions [N, H′, W′] that lie inside. */
function pixelReader(node: OperatorNode, [images, height, width]: [number, number, number]) {
  const { tf } = node
  const starts = node.lastingIntegers(
    Array.from({ length: images }, (_, image) => image * height * width),
    [images, 1, 1],
  )
  const stride = node.lastingIntegers([width], [])
  return (pixels: Tensor, row: Tensor, column: Tensor) => {
    const within = tf.add(tf.mul(tf.cast(row, 'int32'), stride), tf.cast(column, 'int32'))
    return tf.gather(pixels, tf.add(within, starts))
  }
}

interface Neighbour {
  /** Inside the picture. */
  readonly index: Tensor
  readonly weight: Tensor
}

/** The pixels along one axis that places read, and how much each counts: nothing where they lie outside. */
function neighbours(node: OperatorNode, places: Tensor, size: number): Neighbour[] {
  const { tf } = node
  const padding = node.text('padding_mode', 'zeros')
  const position = tf.sub(tf.mul(tf.add(places, 1), size / 2), 0.5)
  const inside = (index: Tensor, weight: Tensor): Neighbour => {
    const clipped = tf.clipByValue(index, 0, size - 1)
    const counts = tf.cast(tf.equal(index, clipped), 'float32')
    return { index: clipped, weight: padding === 'zeros' ? tf.mul(weight, counts) : weight }
  }
  if (node.text('mode', 'linear') === 'nearest') {
    return [inside(folded(node, tf.round(position), size), tf.onesLike(position))]
  }
  const at = folded(node, position, size)
  const low = tf.floor(at)
  const share = tf.sub(at, low)
  return [inside(low, tf.sub(1, share)), inside(tf.add(low, 1), share)]
}

/** Positions beyond the edges as padding_mode has them; reflection mirrors at −½ and size − ½. */
function folded(node: OperatorNode, position: Tensor, size: number): Tensor {
  const { tf } = node
  const padding = node.text('padding_mode', 'zeros')
  if (padding === 'border') return tf.clipByValue(position, 0, size - 1)
  if (padding === 'zeros') return position
  const along = tf.mod(tf.add(position, 0.5), 2 * size)
  return tf.sub(tf.minimum(along, tf.sub(2 * size, along)), 0.5)
}

export const gridSampleOperators: TensorflowOperatorFamily = { GridSample: gridSample }
