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
import {
  areFinite,
  declareLossScale,
  type LossScale,
  lossScalePorts,
  nextLossScale,
  outputLossScale,
  packLossScale,
  unpackLossScale,
  unscaled,
} from './precision/loss-scaling.ts'
import { mixedPrecision } from './precision/mixed-precision.ts'
import { PrecisionMarks } from './precision/precision-marks.ts'
import { keptWhereNotFinite, type RunPosition, scaledCoefficients } from './precision/scaled-step.ts'
import type { MixingSettings, OptimizerConfig, Precision } from './run-config.ts'
import { packState, type StateEntry, stateEntries, unpackState } from './state-packing.ts'
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
  /** float32 when absent. */
  readonly precision?: Precision | undefined
  /** Steps (batches) chained in one run of the graph. */
  readonly stepsPerRun: number
  /** With gradient accumulation, batches that were accumulated before the run: see {@link runPhase}. */
  readonly phase?: number
}

interface StepContext extends StepLowering {
  readonly stepsPerRun: number
  readonly phase?: number
  readonly update: WeightUpdate
  readonly position: RunPosition
  /** Shares of the learning rate that occur. */
  readonly factors: readonly number[]
}

/** What one step leaves to the next. */
interface CarriedState {
  readonly groups: TrainingState
  /** Under mixed precision only. */
  readonly scaling: LossScale | undefined
}

/**
 * Builds the graph that trains a model: forward, backward and update, `stepsPerRun` times over. Packing of the state
 * depends on the plan, optimizer and precision alone, so steps of other batch sizes or unrolling can take over its state.
 */
export function buildTrainStep(options: TrainStepOptions): TrainStep {
  const { plan, stepsPerRun } = options
  const builder = new GraphBuilder(plan.name)
  const update = weightUpdate(options.optimizer, options.update ?? {})
  const groups = groupWeights(plan, packingOf(update))
  const marks = options.precision === 'mixed16' ? new PrecisionMarks() : undefined
  const context: StepContext = {
    ...options,
    builder,
    groups,
    update,
    marks,
    ...runInputs(builder, options, groups),
  }
  const entries = stateEntries(groups, (group) => updateSlots(update, group))
  const coefficients = marks ? [] : runCoefficients(context)
  const declared = declareState(builder, entries)
  let state: CarriedState = { groups: declared, scaling: marks && declareLossScale(builder) }
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
  outputState(builder, entries, state.groups)
  if (state.scaling) outputLossScale(builder, state.scaling)
  return {
    graph: marks ? mixedPrecision(builder.build(), marks) : builder.build(),
    batchSize: options.batchSize,
    stepsPerRun,
    feeds,
    learningRate: 'learningRate',
    stepCount: 'stepCount',
    sums: 'sums',
    ...layout,
    ...stateTranslation(entries, marks !== undefined),
  }
}

/** How the state goes in and out; under mixed precision the loss scale comes last. */
function stateTranslation(
  entries: readonly StateEntry[],
  isScaled: boolean,
): Pick<TrainStep, 'state' | 'packState' | 'unpackState'> {
  const ports = entries.map(statePort)
  return {
    state: [...ports, ...(isScaled ? lossScalePorts : [])],
    packState: (tensors) => [...packState(entries, tensors), ...(isScaled ? packLossScale(tensors) : [])],
    unpackState: (packed) => [
      ...unpackState(entries, packed),
      ...(isScaled ? unpackLossScale(packed.slice(entries.length)) : []),
    ],
  }
}

function runInputs(builder: GraphBuilder, { stepsPerRun }: TrainStepOptions, groups: readonly WeightGroup[]) {
  const learningRate = builder.input('learningRate', 'float32', [stepsPerRun])
  const stepCount = builder.input('stepCount', 'float32', [])
  const factors = groups.filter(({ trainable }) => trainable).map((group) => group.learningRateFactor)
  return { position: { learningRate, stepCount }, factors }
}

/** The optimizer's coefficients, one list per step of the run. */
function runCoefficients({ builder, update, position, factors }: StepContext): StepCoefficients[] {
  return builder.scope('optimizer', () => stepCoefficients(update, builder, position, factors))
}

function buildStep(
  context: StepContext,
  state: CarriedState,
  coefficients: StepCoefficients | undefined,
  step: number,
): {
  readonly feeds: StepFeeds
  readonly sums: TensorValue
  readonly layout: SumLayout
  readonly state: CarriedState
} {
  const lowered = lowerTrainingStep(context, (group) => groupState(state.groups, group).weights, step)
  const moves = movesAfter((context.phase ?? 0) + step, accumulationSteps(context.update))
  const { sums, layout } = lowered.objective
  const common = { feeds: lowered.feeds, sums, layout }
  if (state.scaling) {
    return { ...common, state: scaledState(context, state.groups, state.scaling, lowered, moves, step) }
  }
  if (!coefficients) throw new Error(`step ${step} of the run has no coefficients`)
  const gradients = gradientsOf(context, lowered.weights, lowered.objective.mean)
  const groups = context.builder.scope('optimizer', () => {
    const joined = joinedGradients(context, gradients)
    return nextState(context, state.groups, lowered, moves, coefficients, joined)
  })
  return { ...common, state: { groups, scaling: undefined } }
}

/** The state after a step under mixed precision. What is done to gradients and weights is done in float32. */
function scaledState(
  context: StepContext,
  state: TrainingState,
  scaling: LossScale,
  lowered: LoweredStep,
  moves: boolean,
  step: number,
): CarriedState {
  const { builder, update, position, factors, marks } = context
  if (!marks) throw new Error('mixed precision needs its marks')
  const inFull = <T>(build: () => T) => marks.full(builder, () => builder.scope('optimizer', build))
  const loss = inFull(() => builder.apply('Mul', [lowered.objective.mean, scaling.scale]))
  const scaled = gradientsOf(context, lowered.weights, loss)
  return inFull(() => {
    const coefficients = scaledCoefficients(builder, update, position, factors, scaling, step)
    const joined = joinedGradients(context, scaled)
    const gradients = unscaled(builder, scaling, joined)
    const finite = areFinite(builder, [...gradients.values()])
    const next = nextState(context, state, lowered, moves, coefficients, gradients)
    return {
      groups: keptWhereNotFinite(builder, update, finite, moves, state, next),
      scaling: nextLossScale(builder, scaling, finite, moves),
    }
  })
}

type GroupGradients = ReadonlyMap<WeightGroup, TensorValue>

/** Gradients in the form in which groups are packed. */
function joinedGradients(
  { builder, groups }: StepContext,
  gradients: ReadonlyMap<string, TensorValue>,
): GroupGradients {
  const trainable = groups.filter((group) => group.trainable)
  return new Map(
    trainable.map((group) => [group, joinGroup(builder, group, (name) => weightTensor(gradients, name))]),
  )
}

/** Trainable groups are moved, or their gradients collected; statistics take what the layers set; frozen weights stay. */
function nextState(
  context: StepContext,
  state: TrainingState,
  { weights, updates }: LoweredStep,
  moves: boolean,
  coefficients: StepCoefficients,
  gradients: GroupGradients,
): TrainingState {
  const { builder, groups } = context
  const gradient = (group: WeightGroup) => {
    const found = gradients.get(group)
    if (!found) throw new Error(`the group ${group.name} has no gradient`)
    return found
  }
  const step = { builder, groups: groups.filter((group) => group.trainable), state, coefficients, gradient }
  const next = moves ? moveWeights(context.update, step) : collectGradients(context.update, step)
  for (const group of groups.filter(({ trainable }) => !trainable)) {
    const isUpdated = group.weights.some(({ name }) => updates.has(name))
    const held = groupState(state, group)
    const value = (name: string) => updates.get(name) ?? weightTensor(weights, name)
    next.set(group, isUpdated ? { weights: joinGroup(builder, group, value), slots: [] } : held)
  }
  return next
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
