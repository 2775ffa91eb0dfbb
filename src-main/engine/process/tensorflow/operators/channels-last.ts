import type { Rank, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs'
import type { WindowAxis } from '../../../../../src-core/tensor-graph/operators/window.ts'
import type { OperatorNode } from '../operator-node.ts'
import type { TensorflowFunctions } from '../tensorflow-library.ts'

/**
 * TensorFlow's kernels for processors want channels last, and two or three spatial axes: one spatial axis gets a
 * second one of size 1 before it.
 */
export class ChannelsLast {
  readonly #tf: TensorflowFunctions

  constructor({ tf }: OperatorNode) {
    this.#tf = tf
  }

  /** [batch, channels, …spatial] as [batch, …spatial, channels]. */
  from(x: Tensor): Tensor {
    const { shape, rank } = x
    if (rank === 3) return this.from(this.#tf.reshape(x, [shape[0] ?? 0, shape[1] ?? 0, 1, shape[2] ?? 0]))
    const spatial = [...Array(rank - 2).keys()].map((axis) => axis + 2)
    return this.#tf.transpose(x, [0, ...spatial, 1])
  }

  /** The way back, to a shape that is known. */
  to(x: Tensor, shape: number[]): Tensor {
    const spatial = [...Array(x.rank - 2).keys()].map((axis) => axis + 1)
    return this.#tf.reshape(this.#tf.transpose(x, [0, x.rank - 1, ...spatial]), shape)
  }

  /** A kernel [out, in, …spatial] as [...spatial, in, out]. */
  kernel(w: Tensor): Tensor {
    const { shape, rank } = w
    if (rank === 3) return this.kernel(this.#tf.reshape(w, [shape[0] ?? 0, shape[1] ?? 0, 1, shape[2] ?? 0]))
    const spatial = [...Array(rank - 2).keys()].map((axis) => axis + 2)
    return this.#tf.transpose(w, [...spatial, 1, 0])
  }

  /** Only for the compiler: the same tensor, known to have four axes. */
  rank4(x: Tensor): Tensor4D {
    return this.#tf.reshape<Rank.R4>(x, fourSizes(x.shape))
  }

  /** Only for the compiler: the same tensor, known to have five axes. */
  rank5(x: Tensor): Tensor5D {
    const [a = 1, b = 1, c = 1, d = 1, e = 1] = x.shape
    return this.#tf.reshape<Rank.R5>(x, [a, b, c, d, e])
  }
}

export function fourSizes([a = 1, b = 1, c = 1, d = 1]: readonly number[]): [number, number, number, number] {
  return [a, b, c, d]
}

const trivialAxis: WindowAxis = {
  input: 1,
  kernel: 1,
  stride: 1,
  dilation: 1,
  padBegin: 0,
  padEnd: 0,
  output: 1,
}

/** A window over at least two spatial axes, as {@link ChannelsLast} has them. */
export function liftedWindow<Axis extends WindowAxis>(window: readonly Axis[]): readonly WindowAxis[] {
  return window.length === 1 ? [trivialAxis, ...window] : window
}
