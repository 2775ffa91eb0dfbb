import type { ModelPlan } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { metricsOf, type SampleScores, sampleScores } from './losses/sample-losses.ts'
import { layerValue } from './lower-model.ts'
import { plannedLayer } from './planned-layer.ts'
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
  /** What is added to every sample's loss: penalties of weights and of layers, float32 scalars. */
  readonly penalties: readonly TensorValue[]
}

export interface Objective {
  /** Weighted mean of the sample losses plus the penalty: the scalar that training descends. */
  readonly mean: TensorValue
  /** float32 [1, sums]: what {@link sumNames} names. */
  readonly sums: TensorValue
}

/**
 * Names of an objective's sums: `sampleWeight`, `loss`, then metrics. With several outputs each metric, and each output's
 * own loss, is prefixed with the output layer's name.
 */
export function sumNames(plan: ModelPlan, losses: ReadonlyMap<string, OutputLoss>): string[] {
  const several = losses.size > 1
  const perOutput = [...losses].flatMap(([id, loss]): readonly string[] => {
    if (!several) return metricsOf(loss)
    const { name } = plannedLayer(plan, id)
    return ['loss', ...metricsOf(loss)].map((metric) => `${name}.${metric}`)
  })
  return ['sampleWeight', 'loss', ...perOutput]
}

/** Adds losses, penalties and metric sums. All outputs share the sample weights. */
export function buildObjective(inputs: ObjectiveInputs): Objective {
  const { builder, sampleWeight } = inputs
  const penalty = sumOf(builder, inputs.penalties)
  const batch = sampleWeight.shape[0] ?? 1
  const scores = [...inputs.losses].map(([id, loss]) => ({ loss, scores: scoreOutput(inputs, id, loss) }))
  const total = weightedTotal(builder, scores)
  const column = builder.apply('Reshape', [sampleWeight, builder.integers([batch, 1])])
  // A batch whose weights are all zero teaches nothing; the bound keeps it from dividing by zero.
  const weightSum = builder.apply('Max', [
    builder.apply('ReduceSum', [sampleWeight], { keepdims: 0 }),
    builder.scalar(1e-12),
  ])
  const share = builder.apply('Div', [column, weightSum])
  const dataLoss = builder.apply('ReduceSum', [builder.apply('Mul', [total, share])], { keepdims: 0 })
  const mean = penalty ? builder.apply('Add', [dataLoss, penalty]) : dataLoss
  const penalised = penalty ? builder.apply('Add', [total, penalty]) : total
  const ones = builder.constant('float32', [batch, 1], new Float32Array(batch).fill(1), 'ones')
  const several = scores.length > 1
  const columns = scores.flatMap(({ scores: { loss, metrics } }) => [
    ...(several ? [loss] : []),
    ...metrics.values(),
  ])
  const table = builder.apply('Concat', [ones, penalised, ...columns], { axis: 1 })
  const row = builder.apply('Reshape', [sampleWeight, builder.integers([1, batch])])
  return { mean, sums: builder.apply('MatMul', [row, table]) }
}

function scoreOutput(inputs: ObjectiveInputs, id: string, loss: OutputLoss): SampleScores {
  const { builder } = inputs
  const prediction = layerValue(inputs.values, id)
  const target = layerValue(inputs.targets, id)
  return builder.scope('loss', () => sampleScores(loss, { builder, prediction, target }))
}

/** Σ over outputs of loss weight · sample loss, [batch, 1]. */
function weightedTotal(
  builder: GraphBuilder,
  scores: readonly { readonly loss: OutputLoss; readonly scores: SampleScores }[],
): TensorValue {
  const terms = scores.map(({ loss, scores }) =>
    loss.weight === 1 ? scores.loss : builder.apply('Mul', [scores.loss, builder.scalar(loss.weight)]),
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
