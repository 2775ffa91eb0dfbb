import { initialStates } from '../../tensor-graph/operators/recurrent.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { JoinedKernels } from './joined-kernels.ts'
import { RecurrentSteps } from './recurrent-steps.ts'

/**
 * Back-propagation through time of ONNX's LSTM (Hochreiter and Schmidhuber 1997, in the form of Graves 2012). The operator
 * gives no gates, so they are computed again, for all steps at once, from its outputs; what depends on the step before is
 * two small operators per step forward and six or seven backward. Rows are [steps · batch]; columns of gates are i, o, f, c.
 */
function lstm(node: BackwardNode): void {
  if (node.node.outputs[2] && node.hasGradient(2)) node.call.fail('the last cell has no gradient rule')
  const steps = new RecurrentSteps(node, 4)
  const kernels = new JoinedKernels(steps, 4)
  kernels.contribute(new LstmParts(node, steps).gateSlopes(kernels.gateSums()))
}

/** The pieces of one LSTM's backward pass. */
class LstmParts {
  readonly #node: BackwardNode
  readonly #steps: RecurrentSteps

  constructor(node: BackwardNode, steps: RecurrentSteps) {
    this.#node = node
    this.#steps = steps
  }

  /**
   * ∂loss / ∂(what the gates are functions of), [steps · batch, 4 · units], from these sums. With u = i · g, k = f · c before
   * and h = o · tanh(c), which are there anyway, σ′ = σ · (1 − σ) and tanh′ = 1 − tanh² give what each gate passes on as
   *
   *     i: u · (1 − i);  o: h · (1 − o);  f: k · (1 − f);  g: i − u · g;  the cell: o − h · tanh(c)
   */
  gateSlopes(sums: readonly TensorValue[]): TensorValue {
    const { builder, arithmetic } = this.#node
    const { steps, batch, units } = this.#steps.sizes
    const sigmoid = (sum: TensorValue | undefined) => builder.apply('Sigmoid', [sum ?? this.#noGate()])
    const [input, output, forget] = [sigmoid(sums[0]), sigmoid(sums[1]), sigmoid(sums[2])]
    const fresh = builder.apply('Tanh', [sums[3] ?? this.#noGate()])
    const added = builder.apply('Mul', [input, fresh])
    const { cells, kept } = this.#cells(added, forget)
    const shown = arithmetic.reshape(this.#node.output(), [steps * batch, units])
    const one = builder.scalar(1)
    const open = (passed: TensorValue, gate: TensorValue) =>
      builder.apply('Mul', [passed, builder.apply('Sub', [one, gate])])
    const rest = (gate: TensorValue, passed: TensorValue, tanh: TensorValue) =>
      builder.apply('Sub', [gate, builder.apply('Mul', [passed, tanh])])
    const factors = builder.apply(
      'Concat',
      [open(added, input), open(shown, output), open(kept, forget), rest(input, added, fresh)],
      { axis: 1 },
    )
    const cellFactors = rest(output, shown, builder.apply('Tanh', [cells]))
    return this.#backThroughTime(factors, cellFactors, forget)
  }

  #noGate(): never {
    throw new Error('a gate has no sum')
  }

  /** c ← f · c + u, step by step, and what is kept of the cell before, f · c; [steps · batch, units]. */
  #cells(added: TensorValue, forget: TensorValue): { cells: TensorValue; kept: TensorValue } {
    const { builder, arithmetic } = this.#node
    const { batch, units } = this.#steps.sizes
    const gates = this.#steps.inOrder(this.#steps.rows(forget))
    const cells: TensorValue[] = []
    const kept: TensorValue[] = []
    for (const [step, fresh] of this.#steps.inOrder(this.#steps.rows(added)).entries()) {
      const [before, gate] = [cells.at(-1) ?? this.#steps.initial(initialStates.cell), gates[step]]
      const rest = before && gate && builder.apply('Mul', [gate, before])
      kept.push(rest ?? arithmetic.constant([batch, units], 0))
      cells.push(rest ? builder.apply('Add', [rest, fresh]) : fresh)
    }
    const joined = (rows: readonly TensorValue[]) => arithmetic.stackRows(this.#steps.inOrder(rows))
    return { cells: joined(cells), kept: joined(kept) }
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
