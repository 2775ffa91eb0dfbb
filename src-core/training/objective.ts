import type { ModelPlan } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { comparedRows } from './compared-rows.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { sampleLoss } from './losses/sample-losses.ts'
import { type LayerPenalty, layerValue } from './lower-model.ts'
import { metricStatistics, type OutputMetric, outputMetrics } from './metrics/output-metrics.ts'
import type { SumLayout } from './metrics/read-metrics.ts'
import { outputsLoss } from './metrics/reported-loss-titles.ts'
import { reportedLosses } from './metrics/reported-losses.ts'
import type { StatisticKind } from './metrics/statistics.ts'
import { layoutOfSums } from './metrics/sum-layout.ts'
import { plannedLayer } from './planned-layer.ts'
import { sumOf, weightedSums } from './sample-sums.ts'
import { type WeightGroup, weightTensor } from './weight-groups.ts'

export interface ObjectiveInputs {
  readonly builder: GraphBuilder
  readonly plan: ModelPlan
  readonly losses: ReadonlyMap<string, OutputLoss>
  /** Values by layer id; those of output layers are what the model predicts. */
  readonly values: ReadonlyMap<string, TensorValue>
  readonly targets: ReadonlyMap<string, TensorValue>
  /** Padding masks by layer id, float32 [batch, steps], where there are any. */
  readonly masks: ReadonlyMap<string, TensorValue>
  /** float32 [batch]. */
  readonly sampleWeight: TensorValue
  /** What is added to every sample's loss for its weights: float32 scalars. */
  readonly penalties: readonly TensorValue[]
  /** What layers add to it. */
  readonly layerPenalties: readonly LayerPenalty[]
}

export interface Objective {
  /** Weighted mean of the sample losses plus the penalty: the scalar that training descends. */
  readonly mean: TensorValue
  /** Sum of the weights that the mean is taken with, a scalar. */
  readonly weight: TensorValue
  /** float32 [1, sums]. */
  readonly sums: TensorValue
  /** What the sums are. */
  readonly layout: SumLayout
}

/** Everything that is measured at one output. */
export interface OutputScores {
  /** The output layer's name. */
  readonly name: string
  readonly weight: number
  /** How much every row (a sample, or a step of one) counts, float32 [rows, 1]. */
  readonly rowWeight: TensorValue
  /** Whether its rows are steps: they have weights of their own then. */
  readonly bySteps: boolean
  /** The loss of every row, float32 [rows, 1]. */
  readonly loss: TensorValue
  readonly metrics: readonly OutputMetric[]
  /** Columns that the metrics are read from, float32 [rows, columns]. */
  readonly statistics: ReadonlyMap<StatisticKind, TensorValue>
}

/**
 * Adds losses, penalties and metric sums. All outputs share the sample weights. With several outputs each metric, and
 * each output's own loss, is prefixed with the output layer's name.
 */
export function buildObjective(inputs: ObjectiveInputs): Objective {
  const { builder } = inputs
  const scores = [...inputs.losses].map(([id, loss]) => scoreOutput(inputs, id, loss))
  const [first, ...others] = scores
  if (!first) throw new Error('a model without outputs has no loss')
  if (others.length > 0 && scores.some(({ bySteps }) => bySteps)) return severalWeights(inputs, scores)
  const { rowWeight } = first
  const penalty = penaltyOf(inputs)
  const total = weightedTotal(builder, scores)
  const weight = builder.apply('ReduceSum', [rowWeight], { keepdims: 0 })
  const dataLoss = weightedMean(builder, total, rowWeight, weight)
  const columns = scores.flatMap(({ loss, statistics }) => [
    ...(others.length > 0 ? [loss] : []),
    ...statistics.values(),
  ])
  const penalised = penalty ? builder.apply('Add', [total, penalty]) : total
  const reported = reportedSums(inputs, dataLoss, weight)
  return {
    mean: penalty ? builder.apply('Add', [dataLoss, penalty]) : dataLoss,
    weight,
    sums: sideBySide(builder, [
      weightedSums(builder, rowWeight, [penalised, ...columns]),
      ...reported.values(),
    ]),
    layout: layoutOfSums(scores, [...reported.keys()]),
  }
}

/**
 * The objective of several outputs of which some are compared step by step: each is a mean over its own rows. The sum
 * that the loss is read from is the batch's loss times its samples, so that an epoch's loss is a mean over batches.
 */
function severalWeights(inputs: ObjectiveInputs, scores: readonly OutputScores[]): Objective {
  const { builder, sampleWeight } = inputs
  const penalty = penaltyOf(inputs)
  const means = scores.map(({ loss, rowWeight, weight }) => {
    const sum = builder.apply('ReduceSum', [rowWeight], { keepdims: 0 })
    return builder.apply('Mul', [weightedMean(builder, loss, rowWeight, sum), builder.scalar(weight)])
  })
  const dataLoss = sumOf(builder, means)
  if (!dataLoss) throw new Error('a model without outputs has no loss')
  const mean = penalty ? builder.apply('Add', [dataLoss, penalty]) : dataLoss
  const weight = builder.apply('ReduceSum', [sampleWeight], { keepdims: 0 })
  const own = scores.map(({ loss, rowWeight, statistics }) =>
    weightedSums(builder, rowWeight, [loss, ...statistics.values()]),
  )
  const reported = reportedSums(inputs, dataLoss, weight)
  const whole = [cell(builder, weight), cell(builder, builder.apply('Mul', [mean, weight]))]
  const sums = sideBySide(builder, [...whole, ...own, ...reported.values()])
  return { mean, weight, sums, layout: layoutOfSums(scores, [...reported.keys()], true) }
}

function penaltyOf({ builder, penalties, layerPenalties }: ObjectiveInputs): TensorValue | undefined {
  return sumOf(builder, [...penalties, ...layerPenalties.map(({ value }) => value)])
}

/** Parts of the loss that are reported beside it, times `weight`, [1, 1] each: none where no layer reports its own. */
function reportedSums(
  { builder, plan, layerPenalties }: ObjectiveInputs,
  dataLoss: TensorValue,
  weight: TensorValue,
): ReadonlyMap<string, TensorValue> {
  const names = reportedLosses(plan)
  if (names.length === 0) return new Map()
  const part = (value: TensorValue) => cell(builder, builder.apply('Mul', [value, weight]))
  const own = names.map((name): [string, TensorValue] => {
    const values = layerPenalties.filter((penalty) => penalty.name === name).map(({ value }) => value)
    return [name, part(sumOf(builder, values) ?? builder.scalar(0))]
  })
  return new Map([[outputsLoss, part(dataLoss)], ...own])
}

/** A scalar as [1, 1]. */
function cell(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.apply('Reshape', [value, builder.integers([1, 1])])
}

function sideBySide(builder: GraphBuilder, rows: readonly TensorValue[]): TensorValue {
  const [only, ...more] = rows
  if (only && more.length === 0) return only
  return builder.apply('Concat', [...rows], { axis: 1 })
}

/** Σ weight · value / Σ weight, a scalar. */
function weightedMean(
  builder: GraphBuilder,
  values: TensorValue,
  rowWeight: TensorValue,
  weight: TensorValue,
): TensorValue {
  // A batch whose weights are all zero teaches nothing; the bound keeps it from dividing by zero.
  const share = builder.apply('Div', [rowWeight, builder.apply('Max', [weight, builder.scalar(1e-12)])])
  return builder.apply('ReduceSum', [builder.apply('Mul', [values, share])], { keepdims: 0 })
}

function scoreOutput(inputs: ObjectiveInputs, id: string, loss: OutputLoss): OutputScores {
  const { builder, plan } = inputs
  const { weight: rowWeight, ...compared } = comparedRows(
    {
      builder,
      prediction: layerValue(inputs.values, id),
      target: layerValue(inputs.targets, id),
      sampleWeight: inputs.sampleWeight,
      mask: inputs.masks.get(id),
    },
    loss,
  )
  const metrics = outputMetrics(loss)
  return {
    name: plannedLayer(plan, id).name,
    weight: loss.weight,
    rowWeight,
    bySteps: loss.steps !== undefined,
    metrics,
    loss: builder.scope('loss', () => sampleLoss(loss, compared)),
    statistics: builder.scope('metrics', () => metricStatistics(metrics, compared, loss)),
  }
}

/** Σ over outputs of loss weight · loss, [rows, 1]. */
function weightedTotal(builder: GraphBuilder, scores: readonly OutputScores[]): TensorValue {
  const terms = scores.map(({ loss, weight }) =>
    weight === 1 ? loss : builder.apply('Mul', [loss, builder.scalar(weight)]),
  )
  const total = sumOf(builder, terms)
  if (!total) throw new Error('a model without outputs has no loss')
  return total
}

/** Σ l1 · |w| + l2 · w² over the weights that have a regularizer, as scalars; none where none has. */
export function weightPenalties(
  builder: GraphBuilder,
  groups: readonly WeightGroup[],
  weights: ReadonlyMap<string, TensorValue>,
): TensorValue[] {
  return groups
    .flatMap((group) => group.weights)
    .flatMap(({ name, regularizer }) => {
      if (!regularizer) return []
      const { l1, l2 } = regularizer
      const value = weightTensor(weights, name)
      return [
        ...(l1 > 0 ? [scaledSum(builder, builder.apply('Abs', [value]), l1)] : []),
        ...(l2 > 0 ? [scaledSum(builder, builder.apply('Mul', [value, value]), l2)] : []),
      ]
    })
}

function scaledSum(builder: GraphBuilder, value: TensorValue, scale: number): TensorValue {
  const sum = builder.apply('ReduceSum', [value], { keepdims: 0 })
  return builder.apply('Mul', [sum, builder.scalar(scale)])
}
