import { differentiate } from '../autodiff/differentiate.ts'
import type { ModelPlan } from '../compile/model-plan.ts'
import { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { movesAfter } from './accumulation.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { type LoweredStep, lowerTrainingStep, type StepLowering } from './lower-training-step.ts'
import type { SumLayout } from './metrics/read-metrics.ts'
import type { InputNormalization } from './normalization.ts'
import { type StepCoefficients, stepCoefficients } from './optimizers/step-coefficients.ts'
import {
  accumulationSteps,
  collectGradients,
  moveWeights,
  packingOf,
  updateSlots,
  type WeightUpdate,
  weightUpdate,
} from './optimizers/weight-update.ts'
import type { MixingSettings, OptimizerConfig } from './run-config.ts'
import { packState, stateEntries, unpackState } from './state-packing.ts'
import type { StepFeeds, TrainStep } from './train-step.ts'
import { declareState, groupState, outputState, statePort, type TrainingState } from './training-state.ts'
import { groupWeights, joinGroup, type WeightGroup, weightTensor } from './weight-groups.ts'
import type { WeightUpdateSettings } from './weight-update-config.ts'

export interface TrainStepOptions {
  readonly plan: ModelPlan
  readonly optimizer: OptimizerConfig
  /** What is done to gradients and weights besides; nothing by default. */
  readonly update?: WeightUpdateSettings
  /** By id of the output layer. */
  readonly losses: ReadonlyMap<string, OutputLoss>
  /** By id of the input layer; what is absent is fed as it is. */
  readonly normalization: ReadonlyMap<string, InputNormalization>
  readonly batchSize: number
  /** How samples are blended with each other; not at all when absent. */
  readonly mixing?: MixingSettings | undefined
  /** Steps (batches) chained in one run of the graph. */
  readonly stepsPerRun: number
  /** With gradient accumulation, batches that were accumulated before the run: see {@link runPhase}. */
  readonly phase?: number
}

interface StepContext extends StepLowering {
  readonly stepsPerRun: number
  readonly phase?: number
  readonly update: WeightUpdate
}

/**
 * Builds the graph that trains a model: forward, backward and update, `stepsPerRun` times over. Packing of the state
 * depends on the plan and optimizer alone, so steps of other batch sizes or unrolling can take over its state.
 */
export function buildTrainStep(options: TrainStepOptions): TrainStep {
  const { plan, stepsPerRun } = options
  const builder = new GraphBuilder(plan.name)
  const update = weightUpdate(options.optimizer, options.update ?? {})
  const groups = groupWeights(plan, packingOf(update))
  const context: StepContext = { ...options, builder, groups, update }
  const entries = stateEntries(groups, (group) => updateSlots(update, group))
  const coefficients = runCoefficients(context)
  let state = declareState(builder, entries)
  const feeds: StepFeeds[] = []
  const sums: TensorValue[] = []
  let layout: SumLayout | undefined
  for (let step = 0; step < stepsPerRun; step++) {
    const built = buildStep(context, state, coefficients[step], step)
    state = built.state
    feeds.push(built.feeds)
    sums.push(built.sums)
    layout = built.layout
  }
  const [onlySums] = sums
  if (!layout) throw new Error('a run takes at least one step')
  builder.output(
    'sums',
    sums.length === 1 && onlySums ? onlySums : builder.apply('Concat', sums, { axis: 0 }),
  )
  outputState(builder, entries, state)
  return {
    graph: builder.build(),
    batchSize: options.batchSize,
    stepsPerRun,
    feeds,
    learningRate: 'learningRate',
    stepCount: 'stepCount',
    state: entries.map(statePort),
    sums: 'sums',
    ...layout,
    packState: (tensors) => packState(entries, tensors),
    unpackState: (packed) => unpackState(entries, packed),
  }
}

/** The optimizer's coefficients, one list per step of the run. */
function runCoefficients({ builder, update, groups, stepsPerRun }: StepContext): StepCoefficients[] {
  const learningRate = builder.input('learningRate', 'float32', [stepsPerRun])
  const stepCount = builder.input('stepCount', 'float32', [])
  const factors = groups.filter(({ trainable }) => trainable).map((group) => group.learningRateFactor)
  return builder.scope('optimizer', () =>
    stepCoefficients(update, builder, { learningRate, stepCount }, factors),
  )
}

function buildStep(
  context: StepContext,
  state: TrainingState,
  coefficients: StepCoefficients | undefined,
  step: number,
): {
  readonly feeds: StepFeeds
  readonly sums: TensorValue
  readonly layout: SumLayout
  readonly state: TrainingState
} {
  if (!coefficients) throw new Error(`step ${step} of the run has no coefficients`)
  const lowered = lowerTrainingStep(context, (group) => groupState(state, group).weights, step)
  const moves = movesAfter((context.phase ?? 0) + step, accumulationSteps(context.update))
  const next = nextState(context, state, lowered, moves, coefficients)
  const { sums, layout } = lowered.objective
  return { feeds: lowered.feeds, sums, layout, state: next }
}

/** Trainable groups are moved, or their gradients collected; statistics take what the layers set; frozen weights stay. */
function nextState(
  context: StepContext,
  state: TrainingState,
  { weights, updates, objective }: LoweredStep,
  moves: boolean,
  coefficients: StepCoefficients,
): TrainingState {
  const { builder, groups } = context
  const gradients = gradientsOf(context, weights, objective.mean)
  return builder.scope('optimizer', () => {
    const step = {
      builder,
      groups: groups.filter((group) => group.trainable),
      state,
      coefficients,
      gradient: (group: WeightGroup) => joinGroup(builder, group, (name) => weightTensor(gradients, name)),
    }
    const next = moves ? moveWeights(context.update, step) : collectGradients(context.update, step)
    for (const group of groups.filter(({ trainable }) => !trainable)) {
      const isUpdated = group.weights.some(({ name }) => updates.has(name))
      const held = groupState(state, group)
      const value = (name: string) => updates.get(name) ?? weightTensor(weights, name)
      next.set(group, isUpdated ? { weights: joinGroup(builder, group, value), slots: [] } : held)
    }
    return next
  })
}

/** ∂loss/∂weight of every trainable weight, by name. */
function gradientsOf(
  { builder, groups }: StepContext,
  weights: ReadonlyMap<string, TensorValue>,
  loss: TensorValue,
): Map<string, TensorValue> {
  const trainable = groups.filter((group) => group.trainable).flatMap((group) => group.weights)
  const values = trainable.map(({ name }) => weightTensor(weights, name))
  const gradients = differentiate(builder, loss, values)
  return new Map(
    trainable.flatMap(({ name }, index) => {
      const gradient = gradients[index]
      return gradient ? [[name, gradient] as const] : []
    }),
  )
}
