import { initialStates } from '../../tensor-graph/operators/recurrent.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { RecurrentSteps } from './recurrent-steps.ts'

/**
 * Back-propagation through time of ONNX's LSTM (Hochreiter and Schmidhuber 1997, in the form of Graves 2012). The operator
 * gives no gates, so they are computed again, for all steps at once, from its outputs; what depends on the step before is
 * two small operators per step forward and seven backward. Rows are [steps · batch]; columns of gates are i, o, f, c.
 */
function lstm(node: BackwardNode): void {
  if (node.node.outputs[2] && node.hasGradient(2)) node.call.fail('the last cell has no gradient rule')
  const steps = new RecurrentSteps(node, 4)
  steps.contribute({ input: new LstmParts(node, steps).gateSlopes() })
}

/** The pieces of one LSTM's backward pass. */
class LstmParts {
  readonly #node: BackwardNode
  readonly #steps: RecurrentSteps

  constructor(node: BackwardNode, steps: RecurrentSteps) {
    this.#node = node
    this.#steps = steps
  }

  /** ∂loss / ∂(what the gates are functions of), [steps · batch, 4 · units]. */
  gateSlopes(): TensorValue {
    const { builder, arithmetic } = this.#node
    const { steps, batch, units } = this.#steps.sizes
    const sums = this.#steps.gateSums()
    const [openSums, freshSums] = this.#steps.columns(sums, [3 * units, units])
    const open = builder.apply('Sigmoid', [openSums])
    const fresh = builder.apply('Tanh', [freshSums])
    const [input, output, forget] = this.#steps.columns(open, [units, units, units])
    const cells = this.#cells(builder.apply('Mul', [input, fresh]), forget)
    const shown = builder.apply('Tanh', [cells])
    const earlier = this.#steps.stepBefore(
      arithmetic.reshape(cells, [steps, batch, units]),
      initialStates.cell,
    )
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

  /** c ← f · c + i · g, step by step; [steps · batch, units]. */
  #cells(added: TensorValue, forget: TensorValue): TensorValue {
    const { builder } = this.#node
    const kept = this.#steps.inOrder(this.#steps.rows(forget))
    const cells: TensorValue[] = []
    for (const [step, fresh] of this.#steps.inOrder(this.#steps.rows(added)).entries()) {
      const [last, gate] = [cells.at(-1) ?? this.#steps.initial(initialStates.cell), kept[step]]
      const cell = last && gate ? builder.apply('Add', [builder.apply('Mul', [gate, last]), fresh]) : fresh
      cells.push(cell)
    }
    return this.#node.arithmetic.stackRows(this.#steps.inOrder(cells))
  }

  #backThroughTime(factors: TensorValue, cellFactors: TensorValue, forget: TensorValue): TensorValue {
    const { builder } = this.#node
    const backwards = (value: TensorValue) => this.#steps.rowsBackwards(value)
    const given = this.#steps.outputGradients().toReversed()
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
      const outputBefore = () => builder.apply('Gemm', [slope, this.#steps.recurrentKernel])
      const cellBefore = () => builder.apply('Mul', [cell, gate])
      if (step < given.length - 1) later = { output: outputBefore(), cell: cellBefore() }
      else {
        this.#steps.contributeInitial(initialStates.output, outputBefore)
        this.#steps.contributeInitial(initialStates.cell, cellBefore)
      }
    }
    return this.#steps.joinBackwards(slopes)
  }
}

export const lstmRules: RuleFamily = { LSTM: lstm }
