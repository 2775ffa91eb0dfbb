import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { clipped, unitScores } from './class-probabilities.ts'
import { asRows, rowMean } from './head.ts'
import { defaultLossParameters, type LossParameters } from './loss-parameters.ts'
import type { OutputLoss } from './output-loss.ts'
import type { LossInputs } from './sample-losses.ts'
import { smoothed, targetRows } from './target-rows.ts'

/** A base below this would give powers of it an infinite slope. */
const smallestBase = 1e-30

/**
 * −(target · log(p) + (1 − target) · log(1 − p)), averaged over the units: softplus(score) − score · target where the head
 * ends in Sigmoid, otherwise from probabilities clipped as Keras does.
 */
export function binaryCrossentropy(inputs: LossInputs, outputLoss: OutputLoss): TensorValue {
  return rowMean(inputs.builder, unitLosses(inputs, outputLoss).loss)
}

/**
 * Binary cross-entropy times (1 − pₜ)^gamma, where pₜ = target · p + (1 − target) · (1 − p), averaged over the units: what
 * is known already counts little. With class balancing, class 1 counts alpha and class 0 counts 1 − alpha.
 * Lin et al. 2017, https://arxiv.org/abs/1708.02002; keras.losses.binary_focal_crossentropy.
 */
export function binaryFocalCrossentropy(inputs: LossInputs, outputLoss: OutputLoss): TensorValue {
  const { builder } = inputs
  const parameters = { ...defaultLossParameters, ...outputLoss.parameters }
  const { loss, target, probability } = unitLosses(inputs, outputLoss)
  const focal = builder.apply('Mul', [loss, doubt(builder, target, probability(), parameters.focalGamma)])
  return rowMean(builder, parameters.classBalancing ? balanced(builder, focal, target, parameters) : focal)
}

/** base^power with a finite slope everywhere; base is at least 0. */
export function focalPower(builder: GraphBuilder, base: TensorValue, power: number): TensorValue {
  const above = builder.apply('Max', [base, builder.scalar(smallestBase)])
  return builder.apply('Pow', [above, builder.scalar(power)])
}

/** Loss of every unit, [batch, units], and what it was computed from. */
function unitLosses(inputs: LossInputs, outputLoss: OutputLoss) {
  const { builder, prediction } = inputs
  const scores = unitScores(inputs, outputLoss)
  const rows = scores ?? asRows(builder, prediction)
  const plain = targetRows(builder, inputs.target, outputLoss.target, rows.shape[1] ?? 1)
  const { labelSmoothing } = { ...defaultLossParameters, ...outputLoss.parameters }
  const target = smoothed(builder, plain, labelSmoothing, 2)
  return {
    target,
    loss: scores ? fromScores(builder, scores, target) : fromProbabilities(builder, rows, target),
    probability: () => (scores ? builder.apply('Sigmoid', [scores]) : rows),
  }
}

function fromScores(builder: GraphBuilder, scores: TensorValue, target: TensorValue): TensorValue {
  const softplus = builder.apply('Softplus', [scores])
  return builder.apply('Sub', [softplus, builder.apply('Mul', [scores, target])])
}

function fromProbabilities(builder: GraphBuilder, rows: TensorValue, target: TensorValue): TensorValue {
  const one = builder.scalar(1)
  const probability = clipped(builder, rows)
  const yes = builder.apply('Mul', [target, builder.apply('Log', [probability])])
  const otherwise = builder.apply('Log', [builder.apply('Sub', [one, probability])])
  const no = builder.apply('Mul', [builder.apply('Sub', [one, target]), otherwise])
  return builder.apply('Neg', [builder.apply('Add', [yes, no])])
}

/** (1 − pₜ)^gamma, with 1 − pₜ written as target · (1 − p) + (1 − target) · p. */
function doubt(
  builder: GraphBuilder,
  target: TensorValue,
  probability: TensorValue,
  gamma: number,
): TensorValue {
  const one = builder.scalar(1)
  const missed = builder.apply('Mul', [target, builder.apply('Sub', [one, probability])])
  const wrong = builder.apply('Mul', [builder.apply('Sub', [one, target]), probability])
  return focalPower(builder, builder.apply('Add', [missed, wrong]), gamma)
}

/** loss · (target · alpha + (1 − target) · (1 − alpha)). */
function balanced(
  builder: GraphBuilder,
  loss: TensorValue,
  target: TensorValue,
  { focalAlpha }: LossParameters,
): TensorValue {
  const rise = builder.apply('Mul', [target, builder.scalar(2 * focalAlpha - 1)])
  return builder.apply('Mul', [loss, builder.apply('Add', [rise, builder.scalar(1 - focalAlpha)])])
}
