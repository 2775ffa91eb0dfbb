import { initialStates, type RecurrentSizes, recurrentSizes } from '../../tensor-graph/operators/recurrent.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode } from '../vector-jacobian.ts'

/** ∂loss / ∂(the products with both kernels), [steps · batch, gates · units]. */
export interface RecurrentSlopes {
  readonly input: TensorValue
  readonly recurrent?: TensorValue
}

/**
 * What the backward passes of ONNX's LSTM and GRU share: the operators' tensors as matrices with rows
 * [steps · batch], and as a list of steps in the order in which the cell went.
 */
export class RecurrentSteps {
  readonly node: BackwardNode
  readonly sizes: RecurrentSizes
  readonly #gates: number
  /** [gates · units, features]. */
  readonly kernel: TensorValue
  /** [gates · units, units]. */
  readonly recurrentKernel: TensorValue
  /** The output of the step before, at the first the initial one or zero: [steps · batch, units]. */
  readonly before: TensorValue

  constructor(node: BackwardNode, gates: number) {
    this.node = node
    this.#gates = gates
    this.sizes = recurrentSizes(node.call, gates)
    const { steps, batch, units, features } = this.sizes
    const { arithmetic } = node
    this.kernel = arithmetic.reshape(node.input(1), [gates * units, features])
    this.recurrentKernel = arithmetic.reshape(node.input(2), [gates * units, units])
    this.before = this.stepBefore(
      arithmetic.reshape(node.output(), [steps, batch, units]),
      initialStates.output,
    )
  }

  /** The input, [steps · batch, features]. */
  get x(): TensorValue {
    const { steps, batch, features } = this.sizes
    return this.node.arithmetic.reshape(this.node.input(0), [steps * batch, features])
  }

  /** The biases of the input's and of the recurrent product, [gates · units] each, where there are any. */
  biases(): readonly [TensorValue, TensorValue] | undefined {
    const bias = this.node.node.inputs[3]
    if (!bias) return undefined
    const width = this.#gates * this.sizes.units
    const { builder, arithmetic } = this.node
    const flat = arithmetic.reshape(bias, [2 * width])
    const [input = flat, recurrent = flat] = builder.applyMany(
      'Split',
      [flat, builder.integers([width, width])],
      { axis: 0 },
      2,
    )
    return [input, recurrent]
  }

  /** Hands on the gradients of input and weights; what is absent is as where both products are simply added. */
  contribute({ input, recurrent = input }: RecurrentSlopes): void {
    const { node } = this
    const { builder, arithmetic } = node
    const like = (value: TensorValue, index: number) => arithmetic.reshape(value, node.input(index).shape)
    const outer = (slopes: TensorValue, values: TensorValue) =>
      builder.apply('Gemm', [slopes, values], { transA: 1 })
    node.contribute(0, () => like(builder.apply('Gemm', [input, this.kernel]), 0))
    node.contribute(1, () => like(outer(input, this.x), 1))
    node.contribute(2, () => like(outer(recurrent, this.before), 2))
    node.contribute(3, () => {
      const ofInput = arithmetic.sum(input, [0], false)
      const ofRecurrent = recurrent === input ? ofInput : arithmetic.sum(recurrent, [0], false)
      return like(builder.apply('Concat', [ofInput, ofRecurrent], { axis: 0 }), 3)
    })
  }

  /** What reaches the output of each step from outside, in the order of the cell; `undefined` where nothing does. */
  outputGradients(): (TensorValue | undefined)[] {
    const { node } = this
    const { steps, batch, units } = this.sizes
    const all: (TensorValue | undefined)[] = node.hasGradient(0)
      ? this.inOrder(this.rows(node.arithmetic.reshape(node.gradient(0), [steps * batch, units])))
      : new Array<undefined>(steps).fill(undefined)
    if (!node.node.outputs[1] || !node.hasGradient(1)) return all
    const last = node.arithmetic.reshape(node.gradient(1), [batch, units])
    const known = all[steps - 1]
    return all.with(steps - 1, known ? node.builder.apply('Add', [known, last]) : last)
  }

  /** An initial state as the matrix [batch, units]; `undefined` where it is zero. */
  initial(input: number): TensorValue | undefined {
    const given = this.node.node.inputs[input]
    const { batch, units } = this.sizes
    return given && this.node.arithmetic.reshape(given, [batch, units])
  }

  /** Hands on the gradient of an initial state, [batch, units]. */
  contributeInitial(input: number, gradient: () => TensorValue): void {
    const { node } = this
    if (!node.node.inputs[input]) return
    node.contribute(input, () => node.arithmetic.reshape(gradient(), node.input(input).shape))
  }

  /** [steps, batch, units] moved by one step of the way that the cell went, at the first what input `initial` says: rows. */
  stepBefore(value: TensorValue, initial: number): TensorValue {
    const { builder, arithmetic } = this.node
    const { steps, batch, units, reverse } = this.sizes
    const first = this.node.node.inputs[initial]
    if (first) {
      const bounds = reverse ? [1, steps] : [0, steps - 1]
      const kept =
        steps === 1
          ? []
          : [
              builder.apply('Slice', [
                value,
                ...bounds.map((at) => builder.integers([at])),
                builder.integers([0]),
              ]),
            ]
      const moved = builder.apply('Concat', reverse ? [...kept, first] : [first, ...kept], { axis: 0 })
      return arithmetic.reshape(moved, [steps * batch, units])
    }
    const pads = reverse ? [-1, 0, 0, 1, 0, 0] : [1, 0, 0, -1, 0, 0]
    return arithmetic.reshape(builder.apply('Pad', [value, builder.integers(pads)]), [steps * batch, units])
  }

  /** [steps · batch, columns] → a matrix per step, first step first. */
  rows(value: TensorValue): TensorValue[] {
    const { builder } = this.node
    const { steps, batch } = this.sizes
    if (steps === 1) return [value]
    const split = builder.integers(new Array<number>(steps).fill(batch))
    return builder.applyMany('Split', [value, split], { axis: 0 }, steps)
  }

  /** A matrix per step, the last step of the cell first. */
  rowsBackwards(value: TensorValue): TensorValue[] {
    return this.inOrder(this.rows(value)).toReversed()
  }

  /** Undoes {@link rowsBackwards}: [steps · batch, columns]. */
  joinBackwards(steps: readonly TensorValue[]): TensorValue {
    return this.node.arithmetic.stackRows(this.inOrder(steps.toReversed()))
  }

  /** Splits a matrix into columns of these widths. */
  columns(value: TensorValue, widths: readonly number[]): [TensorValue, TensorValue, TensorValue] {
    const { builder } = this.node
    const split = builder.applyMany('Split', [value, builder.integers(widths)], { axis: 1 }, widths.length)
    const [first = value, second = value, third = value] = split
    return [first, second, third]
  }

  /** From the order of the axis to the order in which the cell went, or back. */
  inOrder<T>(steps: readonly T[]): T[] {
    return this.sizes.reverse ? steps.toReversed() : [...steps]
  }
}
