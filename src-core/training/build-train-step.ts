import type { ModelPlan } from '../compile/model-plan.ts'
import { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { CarriedStates } from './carried-states.ts'
import { descentStepBuilder } from './descent-step.ts'
import type { OutputLoss } from './losses/output-loss.ts'
import type { SumLayout } from './metrics/read-metrics.ts'
import type { InputNormalization } from './normalization.ts'
import { updateSlots, weightUpdate } from './optimizers/weight-update.ts'
import {
  declareLossScale,
  lossScalePorts,
  outputLossScale,
  packLossScale,
  unpackLossScale,
} from './precision/loss-scaling.ts'
import { mixedPrecision } from './precision/mixed-precision.ts'
import { PrecisionMarks } from './precision/precision-marks.ts'
import { adversarialStepBuilder } from './recipes/build-adversarial-step.ts'
import type { MixingSettings, OptimizerConfig, Precision } from './run-config.ts'
import { packState, type StateEntry, stateEntries, unpackState } from './state-packing.ts'
import type { StepBuilder, StepBuilderInputs } from './step-builder.ts'
import type { StepFeeds, TrainStep } from './train-step.ts'
import { declareState, outputState, statePort } from './training-state.ts'
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
  /** float32 when absent. */
  readonly precision?: Precision | undefined
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
 * it. Packing of the state depends on the plan, optimizer and precision alone, so steps of other batch sizes or unrolling
 * can take over its state.
 */
export function buildTrainStep(options: TrainStepOptions): TrainStep {
  const { plan, stepsPerRun } = options
  const builder = new GraphBuilder(plan.name)
  const update = weightUpdate(options.optimizer, options.update ?? {})
  const learningRate = builder.input('learningRate', 'float32', [stepsPerRun])
  const stepCount = builder.input('stepCount', 'float32', [])
  const marks = options.precision === 'mixed16' ? new PrecisionMarks() : undefined
  const carrier = new CarriedStates({ builder, marks })
  const steps = stepBuilderFor({ builder, options, update, learningRate, stepCount, marks, carrier })
  const entries = stateEntries(steps.groups, (group) => updateSlots(update, group))
  let state = declareState(builder, entries)
  let scaling = marks && declareLossScale(builder)
  const feeds: StepFeeds[] = []
  const sums: TensorValue[] = []
  let layout: SumLayout | undefined
  for (let step = 0; step < stepsPerRun; step++) {
    const built = scaling ? steps.buildScaled(state, scaling, step) : steps.build(state, step)
    state = built.state
    scaling = built.scaling
    feeds.push(built.feeds)
    sums.push(built.sums)
    layout = built.layout
    carrier.endStep()
  }
  const [onlySums] = sums
  if (!layout) throw new Error('a run takes at least one step')
  builder.output(
    'sums',
    sums.length === 1 && onlySums ? onlySums : builder.apply('Concat', sums, { axis: 0 }),
  )
  outputState(builder, entries, state)
  if (scaling) outputLossScale(builder, scaling)
  const carried = carrier.output()
  return {
    graph: marks ? mixedPrecision(builder.build(), marks) : builder.build(),
    batchSize: options.batchSize,
    stepsPerRun,
    feeds,
    learningRate: 'learningRate',
    stepCount: 'stepCount',
    carried,
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

function stepBuilderFor(inputs: StepBuilderInputs): StepBuilder {
  const { recipe } = inputs.options.plan
  return recipe?.kind === 'adversarial' ? adversarialStepBuilder(inputs, recipe) : descentStepBuilder(inputs)
}
