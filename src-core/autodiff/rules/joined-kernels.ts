import type { TensorValue } from '../../tensor-graph/types.ts'
import type { RecurrentSteps } from './recurrent-steps.ts'

/**
 * Both kernels and the bias of a recurrent layer as one matrix Ŵ = [W, b, R], and what they are multiplied with as another,
 * x̂ = [x, 1, before]: the sums of all gates of all steps are x̂ · Ŵᵀ, and the gradients of all three come from one product,
 * which reads the slopes once. Only where what the gates are functions of is x · Wᵀ + before · Rᵀ + b, as in an LSTM.
 */
export class JoinedKernels {
  readonly #steps: RecurrentSteps
  readonly #gates: number
  readonly #hasBias: boolean
  /** [steps · batch, features + bias + units]. */
  readonly #values: TensorValue

  constructor(steps: RecurrentSteps, gates: number) {
    const { builder, arithmetic } = steps.node
    this.#steps = steps
    this.#gates = gates
    this.#hasBias = steps.node.node.inputs[3] !== undefined
    const rows = steps.sizes.steps * steps.sizes.batch
    const ones = this.#hasBias ? [arithmetic.constant([rows, 1], 1)] : []
    this.#values = builder.apply('Concat', [steps.x, ...ones, steps.before], { axis: 1 })
  }

  /** What each gate is a function of, in the order of the operator: [steps · batch, units] each. */
  gateSums(): TensorValue[] {
    const { builder } = this.#steps.node
    const { units } = this.#steps.sizes
    const blocks = builder.integers(new Array<number>(this.#gates).fill(units))
    return builder
      .applyMany('Split', [this.#kernels(), blocks], { axis: 0 }, this.#gates)
      .map((kernel) => builder.apply('Gemm', [this.#values, kernel], { transB: 1 }))
  }

  /** Hands on the gradients of the input, the kernels and the bias, from those of the gates' sums, [steps · batch, gates · units]. */
  contribute(slopes: TensorValue): void {
    const { node, kernel } = this.#steps
    const { builder, arithmetic } = node
    const like = (value: TensorValue, index: number) => arithmetic.reshape(value, node.input(index).shape)
    let parts: TensorValue[] | undefined
    const part = (index: number) => {
      parts ??= this.#split(builder.apply('Gemm', [slopes, this.#values], { transA: 1 }))
      const found = parts.at(index)
      if (!found) throw new Error(`there is no part ${index}`)
      return found
    }
    node.contribute(0, () => like(builder.apply('Gemm', [slopes, kernel]), 0))
    node.contribute(1, () => like(part(0), 1))
    node.contribute(2, () => like(part(-1), 2))
    // The biases of the input's and of the recurrent product are added to each other.
    node.contribute(3, () => like(builder.apply('Concat', [part(1), part(1)], { axis: 0 }), 3))
  }

  /** [gates · units, features + bias + units]. */
  #kernels(): TensorValue {
    const { node, kernel, recurrentKernel } = this.#steps
    const { builder, arithmetic } = node
    const height = this.#gates * this.#steps.sizes.units
    const given = node.node.inputs[3]
    const both = given && arithmetic.reshape(given, [2, height])
    const bias = both ? [arithmetic.reshape(arithmetic.sum(both, [0], false), [height, 1])] : []
    return builder.apply('Concat', [kernel, ...bias, recurrentKernel], { axis: 1 })
  }

  /** Columns of the input, of the bias where there is one, and of the output before. */
  #split(value: TensorValue): TensorValue[] {
    const { builder } = this.#steps.node
    const { features, units } = this.#steps.sizes
    const widths = [features, ...(this.#hasBias ? [1] : []), units]
    return [...builder.applyMany('Split', [value, builder.integers(widths)], { axis: 1 }, widths.length)]
  }
}
