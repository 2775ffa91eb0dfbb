import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asNumber, rowSum } from '../losses/head.ts'
import { areExclusive } from '../losses/loss-rules.ts'
import type { OutputLoss } from '../losses/output-loss.ts'
import type { LossInputs } from '../losses/sample-losses.ts'
import { isClass } from '../losses/target-rows.ts'
import { largestClass, targetClass, unitDecisions } from './accuracy.ts'

/**
 * Per class how many decisions were for it and right, were for it, and should have been: [batch, 3 · classes], three
 * blocks. Units that answer for themselves count together as one class, "yes".
 */
export function confusion(inputs: LossInputs, loss: OutputLoss): TensorValue {
  return counts(inputs, loss, (decisions) => [decisions])
}

/** {@link confusion} of both sides where units answer for themselves: "no" and "yes" are two classes. */
export function sides(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const opposite = (value: TensorValue) => builder.apply('Not', [value])
  return counts(inputs, loss, ({ says, is }) => [
    { says: opposite(says), is: opposite(is) },
    { says, is },
  ])
}

/** Truth values of the same shape. */
interface Decisions {
  readonly says: TensorValue
  readonly is: TensorValue
}

function counts(
  inputs: LossInputs,
  loss: OutputLoss,
  unitClasses: (decisions: Decisions) => readonly Decisions[],
): TensorValue {
  const { builder } = inputs
  const classes = inputs.prediction.shape[1] ?? 1
  if (areExclusive(loss, classes)) {
    const says = isClass(builder, largestClass(inputs, loss), classes)
    const is = isClass(builder, targetClass(inputs, loss), classes)
    const blocks = [builder.apply('And', [says, is]), says, is]
    return join(
      builder,
      blocks.map((block) => asNumber(builder, block)),
    )
  }
  const perClass = unitClasses(unitDecisions(inputs, loss))
  const total = (value: TensorValue) => rowSum(builder, asNumber(builder, value))
  return join(builder, [
    ...perClass.map(({ says, is }) => total(builder.apply('And', [says, is]))),
    ...perClass.map(({ says }) => total(says)),
    ...perClass.map(({ is }) => total(is)),
  ])
}

function join(builder: GraphBuilder, columns: readonly TensorValue[]): TensorValue {
  return builder.apply('Concat', columns, { axis: 1 })
}
