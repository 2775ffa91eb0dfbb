import { initialStates } from '../../tensor-graph/operators/recurrent.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'
import { RecurrentSteps } from './recurrent-steps.ts'

/** Gates of all steps and how much they give way, [steps · batch, units] each. */
interface Gates {
  readonly update: TensorValue
  readonly reset: TensorValue
  /** r · (1 − r). */
  readonly resetSlope: TensorValue
  /** ∂h / ∂(what z is a function of): (h before − h′) · z · (1 − z). */
  readonly updateSlope: TensorValue
  /** ∂h / ∂(what h′ is a function of): (1 − z) · (1 − h′²). */
  readonly candidateSlope: TensorValue
}

/** `openSums` belong to z and r, [steps · batch, 2 · units]; those of h′ may depend on r. */
function gatesOf(
  parts: RecurrentSteps,
  openSums: TensorValue,
  candidateSums: (reset: TensorValue) => TensorValue,
): Gates {
  const { builder, arithmetic } = parts.node
  const { units } = parts.sizes
  const one = builder.scalar(1)
  const open = builder.apply('Sigmoid', [openSums])
  const closed = builder.apply('Sub', [one, open])
  const [update, reset] = parts.columns(open, [units, units])
  const [fresh] = parts.columns(closed, [units, units])
  const [openSlope, resetSlope] = parts.columns(builder.apply('Mul', [open, closed]), [units, units])
  const candidate = builder.apply('Tanh', [candidateSums(reset)])
  const distance = builder.apply('Sub', [parts.before, candidate])
  const tanhSlope = builder.apply('Sub', [one, arithmetic.square(candidate)])
  return {
    update,
    reset,
    resetSlope,
    updateSlope: builder.apply('Mul', [distance, openSlope]),
    candidateSlope: builder.apply('Mul', [fresh, tanhSlope]),
  }
}

/**
 * Back-propagation through time of ONNX's GRU (Cho et al. 2014) with linear_before_reset:
 *
 *     z, r = σ(x·W + h·R + b);  h′ = tanh(x·W + r · (h·R + b));  h ← z · h + (1 − z) · h′
 *
 * The gates of all steps follow from the outputs at once, so that only the way back goes step by step, through one Gemm
 * each. Columns are z, r, h.
 */
function gru(node: BackwardNode): void {
  const parts = new RecurrentSteps(node, 3)
  const { builder } = node
  const { units } = parts.sizes
  const [inputBias, recurrentBias] = parts.biases() ?? []
  const sums = (value: TensorValue, kernel: TensorValue, bias: TensorValue | undefined) =>
    parts.columns(builder.apply('Gemm', bias ? [value, kernel, bias] : [value, kernel], { transB: 1 }), [
      2 * units,
      units,
    ])
  const [openInput, freshInput] = sums(parts.x, parts.kernel, inputBias)
  const [openState, freshState] = sums(parts.before, parts.recurrentKernel, recurrentBias)
  const gates = gatesOf(parts, builder.apply('Add', [openInput, openState]), (reset) =>
    builder.apply('Add', [freshInput, builder.apply('Mul', [reset, freshState])]),
  )
  const { candidateSlope, updateSlope } = gates
  const overReset = builder.apply('Mul', [
    candidateSlope,
    builder.apply('Mul', [freshState, gates.resetSlope]),
  ])
  const join = (ofCandidate: TensorValue) =>
    builder.apply('Concat', [updateSlope, overReset, ofCandidate], { axis: 1 })
  const factors = parts.rowsBackwards(join(builder.apply('Mul', [candidateSlope, gates.reset])))
  const slopes: TensorValue[] = []
  const outputs = goBack(parts, gates, ({ output, kept, index }) => {
    const slope = builder.apply('Mul', [threefold(parts, output), at(factors, index)])
    slopes.push(slope)
    return () => builder.apply('Gemm', [slope, parts.recurrentKernel, kept()])
  })
  parts.contribute({
    input: builder.apply('Mul', [threefold(parts, outputs), join(candidateSlope)]),
    recurrent: parts.joinBackwards(slopes),
  })
}

/** One step of the way back. */
interface StepBack {
  /** ∂loss / ∂h. */
  readonly output: TensorValue
  readonly index: number
  /** z · ∂loss / ∂h: what reaches the output before without passing a gate. */
  kept(): TensorValue
}

/**
 * Goes from the last step to the first. `step` says what reaches the output before. Returns ∂loss / ∂h of all steps,
 * [steps · batch, units].
 */
function goBack(
  parts: RecurrentSteps,
  { update }: Gates,
  step: (back: StepBack) => () => TensorValue,
): TensorValue {
  const { builder } = parts.node
  const updates = parts.rowsBackwards(update)
  const given = parts.outputGradients().toReversed()
  const outputs: TensorValue[] = []
  let later: TensorValue | undefined
  for (const [index, own] of given.entries()) {
    const output = own && later ? builder.apply('Add', [own, later]) : (own ?? later)
    if (!output) throw new Error('no gradient reaches the last step')
    outputs.push(output)
    const earlier = step({
      output,
      index,
      kept: () => builder.apply('Mul', [output, at(updates, index)]),
    })
    if (index < given.length - 1) later = earlier()
    else parts.contributeInitial(initialStates.output, earlier)
  }
  return parts.joinBackwards(outputs)
}

function threefold({ node }: RecurrentSteps, value: TensorValue): TensorValue {
  return node.builder.apply('Concat', [value, value, value], { axis: 1 })
}

function at(steps: readonly TensorValue[] | undefined, index: number): TensorValue {
  const value = steps?.[index]
  if (!value) throw new Error('a step has no gates')
  return value
}

export const gruRules: RuleFamily = { GRU: gru }
