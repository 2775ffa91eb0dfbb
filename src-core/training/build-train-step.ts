import type { ModelPlan } from '../compile/model-plan.ts'
import { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { movesAfter } from './accumulation.ts'
import { advanceState } from './advance-state.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import { lowerTrainingStep, type StepLowering } from './lower-training-step.ts'
import type { SumLayout } from './metrics/read-metrics.ts'
import type { InputNormalization } from './normalization.ts'
import { stepCoefficients } from './optimizers/step-coefficients.ts'
import { accumulationSteps, packingOf, updateSlots, weightUpdate } from './optimizers/weight-update.ts'
import { adversarialStepBuilder } from './recipes/build-adversarial-step.ts'
import type { MixingSettings, OptimizerConfig } from './run-config.ts'
import { packState, stateEntries, unpackState } from './state-packing.ts'
import type { StepBuilder, StepBuilderInputs } from './step-builder.ts'
import type { StepFeeds, TrainStep } from './train-step.ts'
import { declareState, groupState, outputState, statePort } from './training-state.ts'
import { groupWeights } from './weight-groups.ts'
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

/**
 * Builds the graph that trains a model: forward, backward and update, `stepsPerRun` times over, as the model's recipe has
 * it. Packing of the state depends on the plan and optimizer alone, so steps of other batch sizes or unrolling can take
 * over its state.
 */
export function buildTrainStep(options: TrainStepOptions): TrainStep {
  const { plan, stepsPerRun } = options
  const builder = new GraphBuilder(plan.name)
  const update = weightUpdate(options.optimizer, options.update ?? {})
  const learningRate = builder.input('learningRate', 'float32', [stepsPerRun])
  const stepCount = builder.input('stepCount', 'float32', [])
  const steps = stepBuilderFor({ builder, options, update, learningRate, stepCount })
  const entries = stateEntries(steps.groups, (group) => updateSlots(update, group))
  let state = declareState(builder, entries)
  const feeds: StepFeeds[] = []
  const sums: TensorValue[] = []
  let layout: SumLayout | undefined
  for (let step = 0; step < stepsPerRun; step++) {
    const built = steps.build(state, step)
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

function stepBuilderFor(inputs: StepBuilderInputs): StepBuilder {
  const { recipe } = inputs.options.plan
  return recipe?.kind === 'adversarial' ? adversarialStepBuilder(inputs, recipe) : descentStepBuilder(inputs)
}

/** One loss, which all weights descend. */
function descentStepBuilder(inputs: StepBuilderInputs): StepBuilder {
  const { builder, options, update } = inputs
  const groups = groupWeights(options.plan, packingOf(update))
  const factors = groups.filter(({ trainable }) => trainable).map((group) => group.learningRateFactor)
  const coefficients = builder.scope('optimizer', () => stepCoefficients(update, builder, inputs, factors))
  const lowering: StepLowering = { ...options, builder, groups }
  return {
    groups,
    build: (state, step) => {
      const own = coefficients[step]
      if (!own) throw new Error(`step ${step} of the run has no coefficients`)
      const { feeds, objective, weights, updates } = lowerTrainingStep(
        lowering,
        (group) => groupState(state, group).weights,
        step,
      )
      const next = advanceState({
        builder,
        groups,
        update,
        state,
        weights,
        updates,
        loss: objective.mean,
        coefficients: own,
        moves: movesAfter((options.phase ?? 0) + step, accumulationSteps(update)),
      })
      return { feeds, sums: objective.sums, layout: objective.layout, state: next }
    },
  }
}
