import type { TensorValue } from '../../tensor-graph/types.ts'
import { asRows, probabilityMargin, rowMean } from './head.ts'
import { defaultLossParameters } from './loss-parameters.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'

// All of these are means over the values of a sample, with the formulas of keras.losses.

/** Mean of (prediction − target)². */
export function meanSquaredError(inputs: LossInputs): TensorValue {
  const { builder } = inputs
  const error = difference(inputs)
  return rowMean(builder, builder.apply('Mul', [error, error]))
}

/** Mean of |prediction − target|. */
export function meanAbsoluteError(inputs: LossInputs): TensorValue {
  const { builder } = inputs
  return rowMean(builder, builder.apply('Abs', [difference(inputs)]))
}

/** 100 · mean of |prediction − target| / max(|target|, 1e-7). */
export function meanAbsolutePercentageError(inputs: LossInputs): TensorValue {
  const { builder } = inputs
  const size = builder.apply('Abs', [asRows(builder, inputs.target)])
  const divisor = builder.apply('Max', [size, builder.scalar(probabilityMargin)])
  const share = builder.apply('Div', [builder.apply('Abs', [difference(inputs)]), divisor])
  return rowMean(builder, builder.apply('Mul', [share, builder.scalar(100)]))
}

/** Mean of (log(prediction + 1) − log(target + 1))², with both at least 1e-7. */
export function meanSquaredLogarithmicError({ builder, prediction, target }: LossInputs): TensorValue {
  const logarithm = (value: TensorValue) => {
    const positive = builder.apply('Max', [asRows(builder, value), builder.scalar(probabilityMargin)])
    return builder.apply('Log', [builder.apply('Add', [positive, builder.scalar(1)])])
  }
  const error = builder.apply('Sub', [logarithm(prediction), logarithm(target)])
  return rowMean(builder, builder.apply('Mul', [error, error]))
}

/**
 * error² / 2 up to |error| = delta, delta · |error| − delta² / 2 beyond: written as q · (|error| − q / 2) with
 * q = min(|error|, delta).
 */
export function huber(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder } = inputs
  const { delta } = { ...defaultLossParameters, ...loss.parameters }
  const size = builder.apply('Abs', [difference(inputs)])
  const bounded = builder.apply('Min', [size, builder.scalar(delta)])
  const half = builder.apply('Mul', [bounded, builder.scalar(0.5)])
  const rest = builder.apply('Sub', [size, half])
  return rowMean(builder, builder.apply('Mul', [bounded, rest]))
}

/** log(cosh(error)) = error + softplus(−2 · error) − log 2. */
export function logCosh(inputs: LossInputs): TensorValue {
  const { builder } = inputs
  const error = difference(inputs)
  const bent = builder.apply('Softplus', [builder.apply('Mul', [error, builder.scalar(-2)])])
  const sum = builder.apply('Add', [error, bent])
  return rowMean(builder, builder.apply('Sub', [sum, builder.scalar(Math.LN2)]))
}

/** prediction − target · log(prediction + 1e-7): the prediction is the rate of a Poisson distribution. */
export function poisson({ builder, prediction, target }: LossInputs): TensorValue {
  const rate = asRows(builder, prediction)
  const logarithm = builder.apply('Log', [builder.apply('Add', [rate, builder.scalar(probabilityMargin)])])
  const expected = builder.apply('Mul', [asRows(builder, target), logarithm])
  return rowMean(builder, builder.apply('Sub', [rate, expected]))
}

function difference({ builder, prediction, target }: LossInputs): TensorValue {
  return builder.apply('Sub', [asRows(builder, prediction), asRows(builder, target)])
}
