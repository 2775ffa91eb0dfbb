import type { ModelPlan } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { comparedRows } from './compared-rows.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { sampleLoss } from './losses/sample-losses.ts'
import { layerValue } from './lower-model.ts'
import { metricStatistics, type OutputMetric, outputMetrics } from './metrics/output-metrics.ts'
import type { SumLayout } from './metrics/read-metrics.ts'
import type { StatisticKind } from './metrics/statistics.ts'
import { layoutOfSums } from './metrics/sum-layout.ts'
import { plannedLayer } from './planned-layer.ts'
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
  /** What is added to every sample's loss: penalties of weights and of layers, float32 scalars. */
  readonly penalties: readonly TensorValue[]
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
  const penalty = sumOf(builder, inputs.penalties)
  const scores = [...inputs.losses].map(([id, loss]) => scoreOutput(inputs, id, loss))
  const [first, ...others] = scores
  if (!first) throw new Error('a model without outputs has no loss')
  if (others.length > 0 && scores.some(({ bySteps }) => bySteps)) {
    return severalWeights(builder, scores, inputs.sampleWeight, penalty)
  }
  const { rowWeight } = first
  const total = weightedTotal(builder, scores)
  const weight = builder.apply('ReduceSum', [rowWeight], { keepdims: 0 })
  const dataLoss = weightedMean(builder, total, rowWeight, weight)
  const columns = scores.flatMap(({ loss, statistics }) => [
    ...(others.length > 0 ? [loss] : []),
    ...statistics.values(),
  ])
  const penalised = penalty ? builder.apply('Add', [total, penalty]) : total
  return {
    mean: penalty ? builder.apply('Add', [dataLoss, penalty]) : dataLoss,
    weight,
    sums: weightedSums(builder, rowWeight, [penalised, ...columns]),
    layout: layoutOfSums(scores),
  }
}

/**
 * The objective of several outputs of which some are compared step by step: each is a mean over its own rows. The sum
 * that the loss is read from is the batch's loss times its samples, so that an epoch's loss is a mean over batches.
 */
function severalWeights(
  builder: GraphBuilder,
  scores: readonly OutputScores[],
  sampleWeight: TensorValue,
  penalty: TensorValue | undefined,
): Objective {
  const means = scores.map(({ loss, rowWeight, weight }) => {
    const sum = builder.apply('ReduceSum', [rowWeight], { keepdims: 0 })
    return builder.apply('Mul', [weightedMean(builder, loss, rowWeight, sum), builder.scalar(weight)])
  })
  const dataLoss = sumOf(builder, means)
  if (!dataLoss) throw new Error('a model without outputs has no loss')
  const mean = penalty ? builder.apply('Add', [dataLoss, penalty]) : dataLoss
  const weight = builder.apply('ReduceSum', [sampleWeight], { keepdims: 0 })
  const whole = [weight, builder.apply('Mul', [mean, weight])].map((sum) =>
    builder.apply('Reshape', [sum, builder.integers([1, 1])]),
  )
  const own = scores.map(({ loss, rowWeight, statistics }) =>
    weightedSums(builder, rowWeight, [loss, ...statistics.values()]),
  )
  const sums = builder.apply('Concat', [...whole, ...own], { axis: 1 })
  return { mean, weight, sums, layout: layoutOfSums(scores, true) }
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

/** The sum of the weights, then those of the weighted columns, float32 [1, 1 + columns]. */
function weightedSums(
  builder: GraphBuilder,
  rowWeight: TensorValue,
  columns: readonly TensorValue[],
): TensorValue {
  const [rows = 1] = rowWeight.shape
  const ones = builder.constant('float32', [rows, 1], new Float32Array(rows).fill(1), 'ones')
  const table = builder.apply('Concat', [ones, ...columns], { axis: 1 })
  const row = builder.apply('Reshape', [rowWeight, builder.integers([1, rows])])
  return builder.apply('MatMul', [row, table])
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

/** `undefined` when there is nothing to add. */
function sumOf(builder: GraphBuilder, terms: readonly TensorValue[]): TensorValue | undefined {
  const [first, ...rest] = terms
  return first && rest.reduce((sum, term) => builder.apply('Add', [sum, term]), first)
}

function scaledSum(builder: GraphBuilder, value: TensorValue, scale: number): TensorValue {
  const sum = builder.apply('ReduceSum', [value], { keepdims: 0 })
  return builder.apply('Mul', [sum, builder.scalar(scale)])
}
