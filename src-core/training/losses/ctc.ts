import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { logClassProbabilities } from './class-probabilities.ts'
import { ctcAlignments } from './ctc-alignments.ts'
import { type CtcSymbols, ctcSymbols } from './ctc-symbols.ts'
import { asNumber } from './head.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'

/** What an output of shape [steps, classes] says at its steps. */
interface Steps {
  readonly batch: number
  readonly steps: number
  readonly classes: number
}

/**
 * −log of the probability that the classes told at the steps, repetitions merged and blanks (class 0) dropped, are the
 * labels: Σ over all such paths of Π over steps of p. Graves et al. 2006, "Connectionist temporal classification",
 * equations 3 to 15; keras.losses.CTC. Behind the labels of a sample the target is 0. Steps that a padding mask leaves out
 * are not there, and labels that no path gives (more of them than steps, counting the blank between two equal ones) lose nothing, which is
 * PyTorch's `zero_infinity`.
 *
 * The gradient is not that of the recursion: by equation 15 the derivative by the logarithm of a probability is minus the
 * posterior of its symbols at its step, and −Σ posterior · log p has just that. What is added of it to the loss is 0.
 */
export function ctc(inputs: LossInputs, loss: OutputLoss): TensorValue {
  const { builder, mask } = inputs
  const { symbols, length } = ctcSymbols(builder, inputs.target)
  const emissions = symbolEmissions(inputs, loss, symbols)
  const { logProbability, posterior, isPossible } = ctcAlignments(builder, {
    emissions: builder.detached(emissions),
    symbols,
    length,
    mask,
  })
  const found = builder.apply('Where', [
    isPossible,
    builder.apply('Neg', [logProbability]),
    builder.scalar(0),
  ])
  const shares = builder.apply('Mul', [posterior, emissions])
  const sum = builder.apply('ReduceSum', [shares, builder.integers([1, 2])], { keepdims: 0 })
  const slope = builder.apply('Neg', [builder.apply('Reshape', [sum, builder.integers([-1, 1])])])
  return builder.apply('Add', [found, builder.apply('Sub', [slope, builder.detached(slope)])])
}

/** Sizes of what is compared. Throws where the output is no sequence of classes: that was checked before. */
export function ctcSteps({ shape }: TensorValue): Steps {
  const [batch, steps, classes, ...more] = shape
  if (batch === undefined || steps === undefined || classes === undefined || more.length > 0) {
    throw new Error(`ctc takes [batch, steps, classes] and got [${shape.join(', ')}]`)
  }
  return { batch, steps, classes }
}

/** log p of every symbol at every step, [batch, steps, symbols]. */
function symbolEmissions(inputs: LossInputs, loss: OutputLoss, symbols: CtcSymbols['symbols']): TensorValue {
  const { builder, prediction } = inputs
  const { batch, steps, classes } = ctcSteps(prediction)
  const rows = builder.apply('Reshape', [prediction, builder.integers([batch * steps, classes])])
  const logarithms = logClassProbabilities({ ...inputs, prediction: rows }, loss)
  const bySample = builder.apply('Reshape', [logarithms, builder.integers([batch, steps, classes])])
  return builder.apply('MatMul', [bySample, classesOfSymbols(builder, symbols, classes)])
}

/** 1 where a symbol is the class, else 0, [batch, classes, symbols]: a product with it picks exactly one value. */
function classesOfSymbols(builder: GraphBuilder, symbols: TensorValue, classes: number): TensorValue {
  const [batch = 1, width = 1] = symbols.shape
  const ordinals = Float32Array.from({ length: classes }, (_, index) => index)
  const equal = builder.apply('Equal', [
    builder.apply('Reshape', [symbols, builder.integers([batch, 1, width])]),
    builder.constant('float32', [1, classes, 1], ordinals, 'classes'),
  ])
  return asNumber(builder, equal)
}
