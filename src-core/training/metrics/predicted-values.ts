import type { TensorValue } from '../../tensor-graph/types.ts'
import { classProbabilities, unitProbabilities } from '../losses/class-probabilities.ts'
import { asRows } from '../losses/head.ts'
import { areExclusive, isClassLoss, lossRules } from '../losses/loss-rules.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'
import type { LossKind } from '../run-config.ts'

/** Whether what a model says is, or stands for, probabilities. Hinge losses know a side and a distance only. */
export function statesProbabilities(kind: LossKind): boolean {
  return isClassLoss(kind) && lossRules[kind].heads?.includes('tanh') !== true
}

/** The numbers that a model states, [batch, units]: probabilities for losses of probabilities, else its own values. */
export function statedValues(inputs: LossInputs, loss: OutputLoss): TensorValue {
  if (!statesProbabilities(loss.kind)) return asRows(inputs.builder, inputs.prediction)
  const exclusive = areExclusive(loss, inputs.prediction.shape[1] ?? 1)
  return exclusive ? classProbabilities(inputs, loss) : unitProbabilities(inputs, loss)
}
