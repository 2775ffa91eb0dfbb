import { differentiate } from '../autodiff/differentiate.ts'
import type { ModelPlan } from '../compile/model-plan.ts'
import { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { type LoweredStep, lowerTrainingStep, type StepLowering } from './lower-training-step.ts'
import type { SumLayout } from './metrics/read-metrics.ts'
import type { InputNormalization } from './normalization.ts'
import type { OptimizerRule } from './optimizers/optimizer-rule.ts'
import { optimizerRule } from './optimizers/optimizer-rules.ts'
import type { MixingSettings, OptimizerConfig } from './run-config.ts'
import { packState, type StateEntry, stateEntries, unpackState } from './state-packing.ts'
import type { StatePort, StepFeeds, TrainStep } from './train-step.ts'
import { groupWeights, joinGroup, type WeightGroup, weightTensor } from './weight-groups.ts'

export interface TrainStepOptions {
  readonly plan: ModelPlan
  readonly optimizer: OptimizerConfig
  /** By id of the output layer. */
  readonly losses: ReadonlyMap<string, OutputLoss>
  /** By id of the input layer; what is absent is fed as it is. */
  readonly normalization: ReadonlyMap<string, InputNormalization>
  readonly batchSize: number
  /** How samples are blended with each other; not at all when absent. */
  readonly mixing?: MixingSettings | undefined
  /** Optimizer steps chained in one run of the graph. */
  readonly stepsPerRun: number
}

/** State tensors between two optimizer steps: group → what it holds (slot, or none for the weights) → value. */
type State = ReadonlyMap<
  WeightGroup,
  { readonly weights: TensorValue; readonly slots: readonly TensorValue[] }
>

interface StepContext extends StepLowering {
  readonly stepsPerRun: number
  readonly rule: OptimizerRule
}

/**
 * Builds the graph that trains a model: forward, backward and update, `stepsPerRun` times over. Packing of the state
 * depends on the plan and optimizer alone, so steps of other batch sizes or unrolling can take over its state.
 */
export function buildTrainStep(options: TrainStepOptions): TrainStep {
  const { plan, stepsPerRun } = options
  const builder = new GraphBuilder(plan.name)
  const groups = groupWeights(plan)
  const rule = optimizerRule(options.optimizer)
  const context: StepContext = { ...options, builder, groups, rule }
  const entries = stateEntries(groups, rule.slots)
  const coefficients = runCoefficients(context)
  let state = declareState(builder, groups, rule)
  const feeds: StepFeeds[] = []
  const sums: TensorValue[] = []
  let layout: SumLayout | undefined
  for (let step = 0; step < stepsPerRun; step++) {
    const built = buildStep(context, state, coefficients[step] ?? [], step)
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
  return {
    graph: finish(builder, entries, state),
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
function runCoefficients({ builder, rule, stepsPerRun }: StepContext): TensorValue[][] {
  const learningRate = builder.input('learningRate', 'float32', [stepsPerRun])
  const stepCount = builder.input('stepCount', 'float32', [])
  return builder.scope('optimizer', () => {
    const ordinals = Float32Array.from({ length: stepsPerRun }, (_, index) => index + 1)
    const offsets = builder.constant('float32', [stepsPerRun], ordinals, 'ordinals')
    const stepNumber = builder.apply('Add', [offsets, stepCount])
    const perRun = rule.coefficients({ builder, learningRate, stepNumber })
    const split = perRun.map((values) => splitSteps(builder, values, stepsPerRun))
    return Array.from({ length: stepsPerRun }, (_, step) => split.flatMap((values) => values[step] ?? []))
  })
}

function splitSteps(builder: GraphBuilder, values: TensorValue, steps: number): TensorValue[] {
  if (steps === 1) return [values]
  const sizes = builder.integers(new Array<number>(steps).fill(1))
  return builder.applyMany('Split', [values, sizes], { axis: 0 }, steps)
}

function declareState(builder: GraphBuilder, groups: readonly WeightGroup[], rule: OptimizerRule): State {
  const declare = (group: WeightGroup, slot?: string) =>
    builder.input(statePort({ group, slot }).input, 'float32', group.shape)
  return new Map(
    groups.map((group) => [
      group,
      {
        weights: declare(group),
        slots: group.trainable ? rule.slots.map((slot) => declare(group, slot)) : [],
      },
    ]),
  )
}

function statePort({ group, slot }: StateEntry): StatePort {
  const name = slot === undefined ? group.name : `${group.name}/${slot}`
  return { input: `state/${name}`, output: `next/${name}`, dtype: 'float32', shape: group.shape }
}

/** Marks what the last step left as the graph's outputs. */
function finish(builder: GraphBuilder, entries: readonly StateEntry[], state: State) {
  for (const entry of entries) {
    const { weights, slots } = state.get(entry.group) ?? { weights: undefined, slots: [] }
    const own = entries.filter(({ group, slot }) => group === entry.group && slot !== undefined)
    const value = entry.slot === undefined ? weights : slots[own.indexOf(entry)]
    if (!value) throw new Error(`the state ${entry.group.name} has no next value`)
    builder.output(statePort(entry).output, asComputed(builder, value))
  }
  return builder.build()
}

/** A graph output must be computed by a node: weights that a step leaves alone are passed on. */
function asComputed(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.producer(value) ? value : builder.apply('Identity', [value])
}

function buildStep(
  context: StepContext,
  state: State,
  coefficients: readonly TensorValue[],
  step: number,
): {
  readonly feeds: StepFeeds
  readonly sums: TensorValue
  readonly layout: SumLayout
  readonly state: State
} {
  const lowered = lowerTrainingStep(context, (group) => packedWeights(state, group), step)
  const next = nextState(context, state, lowered, coefficients)
  const { sums, layout } = lowered.objective
  return { feeds: lowered.feeds, sums, layout, state: next }
}

/** Gradient descent for trainable groups; statistics take what the layers set. */
function nextState(
  context: StepContext,
  state: State,
  { weights, updates, objective }: LoweredStep,
  coefficients: readonly TensorValue[],
): State {
  const { builder, groups, rule } = context
  const gradients = gradientsOf(context, weights, objective.mean)
  return builder.scope('optimizer', () => {
    const next = new Map<WeightGroup, { weights: TensorValue; slots: readonly TensorValue[] }>()
    for (const group of groups) {
      const parameter = packedWeights(state, group)
      if (!group.trainable) {
        const joined = joinGroup(builder, group, (name) => updates.get(name) ?? weightTensor(weights, name))
        next.set(group, { weights: joined, slots: [] })
        continue
      }
      const gradient = joinGroup(builder, group, (name) => weightTensor(gradients, name))
      const slots = state.get(group)?.slots ?? []
      const updated = rule.update({ builder, parameter, gradient, slots, coefficients })
      next.set(group, { weights: updated.parameter, slots: updated.slots })
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

function packedWeights(state: State, group: WeightGroup): TensorValue {
  const held = state.get(group)
  if (!held) throw new Error(`the state has no group ${group.name}`)
  return held.weights
}
