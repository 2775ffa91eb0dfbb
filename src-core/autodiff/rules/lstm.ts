import { type RecurrentSizes, recurrentSizes } from '../../tensor-graph/operators/recurrent.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'

/**
 * Back-propagation through time of ONNX's LSTM (Hochreiter and Schmidhuber 1997, in the form of Graves 2012). The operator
 * gives no gates, so they are computed again, for all steps at once, from its outputs; what depends on the step before is
 * two small operators per step forward and seven backward. Rows are [steps · batch]; columns of gates are i, o, f, c.
 */
function lstm(node: BackwardNode): void {
  if (node.node.outputs[2] && node.hasGradient(2)) node.call.fail('the last cell has no gradient rule')
  const sizes = recurrentSizes(node.call, 4)
  const parts = new LstmParts(node, sizes)
  const slopes = parts.gateSlopes()
  const { arithmetic, builder } = node
  const flatX = () => arithmetic.reshape(node.input(0), [sizes.steps * sizes.batch, sizes.features])
  const gemm = (a: TensorValue, b: TensorValue, transA: boolean) =>
    builder.apply('Gemm', [a, b], transA ? { transA: 1 } : {})
  const like = (value: TensorValue, index: number) => arithmetic.reshape(value, node.input(index).shape)
  node.contribute(0, () => like(gemm(slopes, parts.kernel, false), 0))
  node.contribute(1, () => like(gemm(slopes, flatX(), true), 1))
  node.contribute(2, () => like(gemm(slopes, parts.before, true), 2))
  node.contribute(3, () => {
    const sum = arithmetic.sum(slopes, [0], false)
    return like(builder.apply('Concat', [sum, sum], { axis: 0 }), 3)
  })
}

/** The pieces of one LSTM's backward pass. */
class LstmParts {
  readonly #node: BackwardNode
  readonly #sizes: RecurrentSizes
  /** [4 · units, features]. */
  readonly kernel: TensorValue
  readonly #recurrentKernel: TensorValue
  /** The output of the step before, zero at the first: [steps · batch, units]. */
  readonly before: TensorValue

  constructor(node: BackwardNode, sizes: RecurrentSizes) {
    this.#node = node
    this.#sizes = sizes
    const { steps, batch, units, features } = sizes
    const { arithmetic } = node
    this.kernel = arithmetic.reshape(node.input(1), [4 * units, features])
    this.#recurrentKernel = arithmetic.reshape(node.input(2), [4 * units, units])
    this.before = this.#stepBefore(arithmetic.reshape(node.output(), [steps, batch, units]))
  }

  /** ∂loss / ∂(what the gates are functions of), [steps · batch, 4 · units]. */
  gateSlopes(): TensorValue {
    const { builder, arithmetic } = this.#node
    const { units } = this.#sizes
    const sums = this.#gateSums()
    const [openSums, freshSums] = this.#columns(sums, [3 * units, units])
    const open = builder.apply('Sigmoid', [openSums])
    const fresh = builder.apply('Tanh', [freshSums])
    const [input, output, forget] = this.#columns(open, [units, units, units])
    const cells = this.#cells(builder.apply('Mul', [input, fresh]), forget)
    const shown = builder.apply('Tanh', [cells])
    const earlier = this.#stepBefore(this.#bySteps(cells))
    const one = builder.scalar(1)
    // σ′ = σ · (1 − σ) for the three gates at once, 1 − tanh² for what is fresh.
    const openSlope = builder.apply('Mul', [open, builder.apply('Sub', [one, open])])
    const times = builder.apply('Concat', [fresh, shown, earlier], { axis: 1 })
    const gateFactors = builder.apply('Mul', [openSlope, times])
    const freshSlope = builder.apply('Sub', [one, arithmetic.square(fresh)])
    const factors = builder.apply('Concat', [gateFactors, builder.apply('Mul', [input, freshSlope])], {
      axis: 1,
    })
    const cellFactors = builder.apply('Mul', [output, builder.apply('Sub', [one, arithmetic.square(shown)])])
    return this.#backThroughTime(factors, cellFactors, forget)
  }

  /** x · Wᵀ + before · Rᵀ + bias, for every step at once. */
  #gateSums(): TensorValue {
    const { builder, arithmetic } = this.#node
    const { steps, batch, features, units } = this.#sizes
    const x = arithmetic.reshape(this.#node.input(0), [steps * batch, features])
    const bias = this.#node.node.inputs[3]
    const added = bias ? [this.#wholeBias(bias, units)] : []
    const fromInput = builder.apply('Gemm', [x, this.kernel, ...added], { transB: 1 })
    return builder.apply('Gemm', [this.before, this.#recurrentKernel, fromInput], { transB: 1 })
  }

  /** The input's and the recurrent bias are two halves of one tensor, and are added. */
  #wholeBias(bias: TensorValue, units: number): TensorValue {
    const { arithmetic } = this.#node
    return arithmetic.sum(arithmetic.reshape(bias, [2, 4 * units]), [0], false)
  }

  /** c ← f · c + i · g, step by step; [steps · batch, units]. */
  #cells(added: TensorValue, forget: TensorValue): TensorValue {
    const { builder } = this.#node
    const kept = this.#inOrder(this.#rows(forget))
    const cells: TensorValue[] = []
    for (const [step, fresh] of this.#inOrder(this.#rows(added)).entries()) {
      const [last, gate] = [cells.at(-1), kept[step]]
      const cell = last && gate ? builder.apply('Add', [builder.apply('Mul', [gate, last]), fresh]) : fresh
      cells.push(cell)
    }
    return this.#node.arithmetic.stackRows(this.#inOrder(cells))
  }

  #backThroughTime(factors: TensorValue, cellFactors: TensorValue, forget: TensorValue): TensorValue {
    const { builder } = this.#node
    const backwards = (value: TensorValue) => this.#inOrder(this.#rows(value)).toReversed()
    const given = this.#outputGradients().toReversed()
    const [factorRows, cellRows, forgetRows] = [factors, cellFactors, forget].map(backwards)
    const slopes: TensorValue[] = []
    let later: { readonly output: TensorValue; readonly cell: TensorValue } | undefined
    for (const [step, own] of given.entries()) {
      const [factor, cellFactor, gate] = [factorRows?.[step], cellRows?.[step], forgetRows?.[step]]
      const output = own && later ? builder.apply('Add', [own, later.output]) : (own ?? later?.output)
      if (!factor || !cellFactor || !gate) throw new Error('a step has no gates')
      if (!output) throw new Error('no gradient reaches the last step')
      const shown = builder.apply('Mul', [output, cellFactor])
      const cell = later ? builder.apply('Add', [shown, later.cell]) : shown
      const spread = builder.apply('Concat', [cell, output, cell, cell], { axis: 1 })
      const slope = builder.apply('Mul', [spread, factor])
      slopes.push(slope)
      if (step === given.length - 1) break
      later = {
        output: builder.apply('Gemm', [slope, this.#recurrentKernel]),
        cell: builder.apply('Mul', [cell, gate]),
      }
    }
    return this.#node.arithmetic.stackRows(this.#inOrder(slopes.toReversed()))
  }

  /** What reaches the output of each step from outside, in the order of the steps; `undefined` where nothing does. */
  #outputGradients(): (TensorValue | undefined)[] {
    const node = this.#node
    const { steps, batch, units } = this.#sizes
    const all: (TensorValue | undefined)[] = node.hasGradient(0)
      ? this.#inOrder(this.#rows(node.arithmetic.reshape(node.gradient(0), [steps * batch, units])))
      : new Array<undefined>(steps).fill(undefined)
    if (!node.node.outputs[1] || !node.hasGradient(1)) return all
    const last = node.arithmetic.reshape(node.gradient(1), [batch, units])
    const known = all[steps - 1]
    return all.with(steps - 1, known ? node.builder.apply('Add', [known, last]) : last)
  }

  /** [steps, batch, units] moved by one step of the way that the cell went, with zeros at the first. */
  #stepBefore(value: TensorValue): TensorValue {
    const { builder, arithmetic } = this.#node
    const { steps, batch, units, reverse } = this.#sizes
    const pads = reverse ? [-1, 0, 0, 1, 0, 0] : [1, 0, 0, -1, 0, 0]
    return arithmetic.reshape(builder.apply('Pad', [value, builder.integers(pads)]), [steps * batch, units])
  }

  #bySteps(rows: TensorValue): TensorValue {
    const { steps, batch, units } = this.#sizes
    return this.#node.arithmetic.reshape(rows, [steps, batch, units])
  }

  /** [steps · batch, columns] → a matrix per step, first step first. */
  #rows(value: TensorValue): TensorValue[] {
    const { builder } = this.#node
    const { steps, batch } = this.#sizes
    if (steps === 1) return [value]
    const split = builder.integers(new Array<number>(steps).fill(batch))
    return builder.applyMany('Split', [value, split], { axis: 0 }, steps)
  }

  #columns(value: TensorValue, widths: readonly number[]): [TensorValue, TensorValue, TensorValue] {
    const { builder } = this.#node
    const split = builder.applyMany('Split', [value, builder.integers(widths)], { axis: 1 }, widths.length)
    const [first = value, second = value, third = value] = split
    return [first, second, third]
  }

  /** From the order of the axis to the order in which the cell went, or back. */
  #inOrder<T>(steps: readonly T[]): T[] {
    return this.#sizes.reverse ? steps.toReversed() : [...steps]
  }
}

export const lstmRules: RuleFamily = { LSTM: lstm }
