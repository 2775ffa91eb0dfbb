import type { ModelPlan } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
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
import { sampleShares, sharedMean, sumOf, weightedSums } from './sample-sums.ts'
import { type WeightGroup, weightTensor } from './weight-groups.ts'

export interface ObjectiveInputs {
  readonly builder: GraphBuilder
  readonly plan: ModelPlan
  readonly losses: ReadonlyMap<string, OutputLoss>
  /** Values by layer id; those of output layers are what the model predicts. */
  readonly values: ReadonlyMap<string, TensorValue>
  readonly targets: ReadonlyMap<string, TensorValue>
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
  /** The loss of every sample, float32 [batch, 1]. */
  readonly loss: TensorValue
  readonly metrics: readonly OutputMetric[]
  /** Columns that the metrics are read from, float32 [batch, columns]. */
  readonly statistics: ReadonlyMap<StatisticKind, TensorValue>
}

/**
 * Adds losses, penalties and metric sums. All outputs share the sample weights. With several outputs each metric, and
 * each output's own loss, is prefixed with the output layer's name.
 */
export function buildObjective(inputs: ObjectiveInputs): Objective {
  const { builder, sampleWeight } = inputs
  const layerPenalties = inputs.layerPenalties.map(({ value }) => value)
  const penalty = sumOf(builder, [...inputs.penalties, ...layerPenalties])
  const scores = [...inputs.losses].map(([id, loss]) => scoreOutput(inputs, id, loss))
  const total = weightedTotal(builder, scores)
  const dataLoss = sharedMean(builder, total, sampleShares(builder, sampleWeight))
  const mean = penalty ? builder.apply('Add', [dataLoss, penalty]) : dataLoss
  const penalised = penalty ? builder.apply('Add', [total, penalty]) : total
  const several = scores.length > 1
  const columns = scores.flatMap(({ loss, statistics }) => [
    ...(several ? [loss] : []),
    ...statistics.values(),
  ])
  const reported = reportedColumns(inputs, total)
  const sums = weightedSums(builder, sampleWeight, [penalised, ...columns, ...reported.values()])
  return { mean, sums, layout: layoutOfSums(scores, [...reported.keys()]) }
}

/** The parts of the loss that are reported beside it, float32 [batch, 1]: none where no layer reports its own. */
function reportedColumns(
  { builder, plan, layerPenalties }: ObjectiveInputs,
  total: TensorValue,
): ReadonlyMap<string, TensorValue> {
  const names = reportedLosses(plan)
  if (names.length === 0) return new Map()
  const batch = total.shape[0] ?? 1
  const ones = builder.constant('float32', [batch, 1], new Float32Array(batch).fill(1), 'ones')
  const columns = names.map((name): [string, TensorValue] => {
    const own = layerPenalties.filter((penalty) => penalty.name === name).map(({ value }) => value)
    return [name, builder.apply('Mul', [ones, sumOf(builder, own) ?? builder.scalar(0)])]
  })
  return new Map([[outputsLoss, total], ...columns])
}

function scoreOutput(inputs: ObjectiveInputs, id: string, loss: OutputLoss): OutputScores {
  const { builder, plan } = inputs
  const compared = {
    builder,
    prediction: layerValue(inputs.values, id),
    target: layerValue(inputs.targets, id),
  }
  const metrics = outputMetrics(loss)
  return {
    name: plannedLayer(plan, id).name,
    weight: loss.weight,
    metrics,
    loss: builder.scope('loss', () => sampleLoss(loss, compared)),
    statistics: builder.scope('metrics', () => metricStatistics(metrics, compared, loss)),
  }
}

/** Σ over outputs of loss weight · sample loss, [batch, 1]. */
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
