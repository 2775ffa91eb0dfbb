import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { classScores } from '../losses/class-probabilities.ts'
import { ctcSteps } from '../losses/ctc.ts'
import { asNumber, float32Code } from '../losses/head.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'

/** What an output of classes at steps says. */
export interface GreedySymbols {
  /** The class of the largest score at each step, float32 [batch, steps]. */
  readonly best: TensorValue
  /** 1 where a label is read: no blank, and not the class of the step before; else 0, float32 [batch, steps]. */
  readonly isLabel: TensorValue
}

/**
 * Best path decoding (Graves et al. 2006, section 3.2): the likeliest class of every step, repetitions merged and blanks
 * (class 0) dropped. Steps that the mask leaves out are not there. keras.ops.ctc_decode with strategy "greedy".
 */
export function greedySymbols(inputs: LossInputs, loss: OutputLoss): GreedySymbols {
  const { builder, prediction, mask } = inputs
  const { steps } = ctcSteps(prediction)
  const scores = classScores(inputs, loss) ?? prediction
  const indices = builder.apply('ArgMax', [scores], { axis: 2, keepdims: 0 })
  const best = builder.apply('Cast', [indices], { to: float32Code })
  const isNew = builder.apply('Not', [
    builder.apply('Equal', [best, classesBefore(builder, best, steps, mask)]),
  ])
  const isLabel = asNumber(
    builder,
    builder.apply('And', [isNew, builder.apply('Greater', [best, builder.scalar(0.5)])]),
  )
  return { best, isLabel: mask ? builder.apply('Mul', [isLabel, mask]) : isLabel }
}

/** The class at the step before each, the blank before the first. */
function classesBefore(
  builder: GraphBuilder,
  best: TensorValue,
  steps: number,
  mask: TensorValue | undefined,
): TensorValue {
  const counts = mask && stepColumns(builder, mask, steps)
  const [batch = 1] = best.shape
  let before = builder.constant('float32', [batch, 1], new Float32Array(batch), 'blank')
  const columns = stepColumns(builder, best, steps).map((column, step) => {
    const own = before
    const count = counts?.[step]
    const isData = count && builder.apply('Greater', [count, builder.scalar(0.5)])
    before = isData ? builder.apply('Where', [isData, column, before]) : column
    return own
  })
  const [only] = columns
  return steps === 1 && only ? only : builder.apply('Concat', columns, { axis: 1 })
}

/** The parts of axis 1, which keep it with size 1. */
export function stepColumns(builder: GraphBuilder, value: TensorValue, steps: number): TensorValue[] {
  if (steps === 1) return [value]
  const sizes = builder.integers(new Array<number>(steps).fill(1))
  return builder.applyMany('Split', [value, sizes], { axis: 1 }, steps)
}
