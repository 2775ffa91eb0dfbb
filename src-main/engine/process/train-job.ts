import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import { failure, type Problem, type Result, success } from '../../../src-core/problems.ts'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import {
  type Checkpoint,
  type CheckpointPosition,
  readCheckpoint,
} from '../../../src-core/training/checkpoint.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { evaluationBatch } from '../../../src-core/training/memory/training-memory.ts'
import { reportedMetrics } from '../../../src-core/training/metrics/reported-metrics.ts'
import type { EngineChoice, Precision } from '../../../src-core/training/run-config.ts'
import { checkTraining } from '../../../src-core/training/schedules/check-training.ts'
import { isStateful } from '../../../src-core/training/stateful-layers.ts'
import type { TrainJob } from '../protocol.ts'
import { processorDevice, threadCount } from './devices.ts'
import { type ChosenEngine, chooseEngine } from './engine-choice.ts'
import { engineChoiceOf } from './engine-contenders.ts'
import { EpochPosition } from './epoch-position.ts'
import { Evaluator } from './evaluator.ts'
import { type FittedLayers, fitLayers } from './fit-layers.ts'
import { type JobContext, tell } from './job-context.ts'
import { type JobSetup, setUp } from './job-setup.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'
import { TrainingRun } from './training-run.ts'
import { chooseStepsPerRun } from './unrolling.ts'

const beginning: CheckpointPosition = {
  epoch: 0,
  step: 0,
  epochSums: [],
  epochSamples: 0,
  bestLoss: null,
  window: null,
  engine: '',
  precision: 'float32',
  plateau: null,
  earlyStopping: null,
}

/** Trains a model; what happens is told by run events, problems found before the first step by `refused`. */
export async function train(job: TrainJob, context: JobContext): Promise<void> {
  const prepared = await prepare(job, context)
  if (!prepared.ok) return context.reply({ type: 'refused', problems: [...prepared.problems] })
  const { setup, checkpoint, start: fitted, chosen, batchSize } = prepared.value
  const { plan, losses, data } = setup
  const { engine, loop, millisecondsPerStep } = chosen.trial
  const { settings, documentHash } = job
  const before = Math.min(job.batchSizeBefore ?? settings.batchSize, data.parts.train.length)
  const start = startOf(checkpoint, plan, batchSize, before)
  const position = new EpochPosition({ samples: data.parts.train.length, batchSize, before, start })
  const stepsPerRun = chooseStepsPerRun({
    millisecondsPerStep,
    stateBytes: loop.stateBytes,
    wholeBatches: Math.floor(data.parts.train.length / batchSize),
    stepsLeft: position.totalSteps(settings.epochs) - start.step,
  })
  tellStart(job, context, prepared.value, stepsPerRun, position.totalSteps(settings.epochs))
  if (checkpoint && start !== checkpoint.position) tellRestart(context, start.epoch + 1)
  const { tensors } = fitted
  await loop.load(tensors, batchSize)
  if (position.epochSamples > 0) loop.loadStates(tensors)
  const evaluator = new Evaluator({
    engine,
    build: (batchSize) =>
      buildForwardStep({ plan, losses, normalization: data.preparation, batchSize, carriesStates: true }),
    source: data,
    batchSize: evaluationBatch(settings, plan),
    isStateful: isStateful(plan),
    seed: settings.seed,
    stop: context.stop,
  })
  const sizes = { batchSize, stepsPerRun, position }
  const best = job.bestSoFar ?? job.resumeFrom
  const { precision } = chosen.trial
  const parts = {
    isStateful: isStateful(plan),
    context,
    settings,
    documentHash,
    data,
    loop,
    evaluator,
    ...sizes,
    start,
    precision,
    tensors,
  }
  await new TrainingRun({ ...parts, ...(best && { best }) }).run()
}

/**
 * Where a training goes on. With another batch size rows follow each other in other streams: stateful layers go through the
 * epoch under way from its first row again.
 */
function startOf(
  checkpoint: Checkpoint | undefined,
  plan: ModelPlan,
  batchSize: number,
  before: number,
): CheckpointPosition {
  if (!checkpoint) return beginning
  const { position } = checkpoint
  if (batchSize === before || position.epochSamples === 0 || !isStateful(plan)) return position
  return { ...position, epochSums: [], epochSamples: 0 }
}

function tellRestart(context: JobContext, epoch: number): void {
  const message = `With another batch size, stateful layers carry their states through other rows: epoch ${epoch} begins again.`
  tell(context, { type: 'log', level: 'info', message })
}

function tellStart(
  { settings }: TrainJob,
  context: JobContext,
  { setup, checkpoint, start, chosen, batchSize }: PreparedTraining,
  stepsPerRun: number,
  totalSteps: number,
): void {
  const { engine } = chosen.trial
  const { parts, rowsWithoutTarget, classWeights } = setup.data
  tell(context, {
    type: 'started',
    engine: engine.name,
    device: engine.device,
    reason: stepsPerRun > 1 ? `${chosen.reason} ${stepsPerRun} steps per run.` : chosen.reason,
    parameterCount: setup.plan.parameterCount,
    trainSamples: parts.train.length,
    validationSamples: parts.validation.length,
    testSamples: parts.test.length,
    stepsPerEpoch: Math.ceil(parts.train.length / batchSize),
    epochs: settings.epochs,
    totalSteps,
  })
  tell(context, { type: 'log', level: 'info', message: `${engine.version}, Node ${process.versions.node}` })
  if (classWeights) {
    tell(context, { type: 'log', level: 'info', message: `Class weights: ${weightText(classWeights)}.` })
  }
  for (const name of start.names) {
    const message = `${name} is fitted to the ${parts.train.length} rows of the training part.`
    tell(context, { type: 'log', level: 'info', message })
  }
  const warn = (message: string) => tell(context, { type: 'log', level: 'warning', message })
  if (rowsWithoutTarget > 0) warn(`${rowsWithoutTarget} rows without a target value are left out.`)
  const { rowsBeyondSteps } = setup
  if (rowsBeyondSteps > 0) {
    warn(
      `${rowsBeyondSteps} rows have more labels than the steps of their output can tell, counting the blank between two equal ones: their loss is 0, and they teach nothing.`,
    )
  }
  const before = checkpoint?.position.engine
  if (before !== undefined && before !== engine.name) {
    warn(`The run began with ${before} and goes on with ${engine.name}: its curve may differ a little.`)
  }
}

/** `setosa 1.2, versicolor 0.8`; of many classes the first. */
function weightText(weights: Readonly<Record<string, number>>): string {
  const most = 20
  const entries = Object.entries(weights)
  const shown = entries.slice(0, most).map(([name, weight]) => `${name} ${Number(weight.toPrecision(4))}`)
  return shown.join(', ') + (entries.length > most ? ` and ${entries.length - most} more` : '')
}

interface PreparedTraining {
  readonly setup: JobSetup
  readonly checkpoint: Checkpoint | undefined
  /** Weights and slots to start from. */
  readonly start: FittedLayers
  readonly chosen: ChosenEngine
  readonly batchSize: number
}

async function prepare(job: TrainJob, { stop }: JobContext): Promise<Result<PreparedTraining>> {
  const checkpoint = job.resumeFrom && readCheckpoint(job.resumeFrom)
  if (checkpoint && !checkpoint.ok) return checkpoint
  const setup = setUp(job, checkpoint?.value)
  if (!setup.ok) return setup
  const { plan, losses, data } = setup.value
  const wrong = checkSettings(job, setup.value)
  if (wrong.length > 0) return failure(...wrong)
  const batchSize = Math.min(job.settings.batchSize, data.parts.train.length)
  const { optimizer, seed, mixing, gradientAccumulationSteps } = job.settings
  const wanted = wantedFor(job, checkpoint?.value)
  const start = await startTensors(job, setup.value, checkpoint?.value, stop)
  const chosen = await chooseEngine(wanted.engine, job.engines, {
    precision: wanted.precision,
    loop: (precision) => ({
      build: (size, stepsPerRun, phase) =>
        buildTrainStep({
          plan,
          losses,
          optimizer,
          update: job.settings,
          normalization: data.preparation,
          mixing,
          precision,
          batchSize: size,
          stepsPerRun,
          phase,
        }),
      ...(gradientAccumulationSteps && { accumulationSteps: gradientAccumulationSteps }),
      source: data.forTraining,
      seed,
    }),
    learningRate: optimizer.learningRate,
    tensors: start.tensors,
    rows: data.parts.train,
    batchSize,
    flopsPerStep: 3 * plan.flops * batchSize,
  })
  if (!chosen.ok) return failure(...chosen.problems)
  return success({
    setup: setup.value,
    checkpoint: checkpoint?.value,
    start,
    chosen: chosen.value,
    batchSize,
  })
}

/** The service has checked them against the dataset; here it is known how many rows can be used. */
function checkSettings({ settings }: TrainJob, { plan, losses, data }: JobSetup): readonly Problem[] {
  const stepsPerEpoch = Math.ceil(data.parts.train.length / settings.batchSize)
  const metrics = reportedMetrics(plan, losses)
  return checkTraining(settings, { stepsPerEpoch, metrics }).filter(({ severity }) => severity === 'error')
}

/**
 * A run goes on with the engine and the precision it began with, so that its curve goes on exactly; where that engine is
 * gone, with any.
 */
function wantedFor(
  { settings, engines }: TrainJob,
  checkpoint: Checkpoint | undefined,
): { readonly engine: EngineChoice; readonly precision: Precision } {
  const precision = settings.precision ?? 'float32'
  if (settings.engine !== 'auto') return { engine: settings.engine, precision }
  const earlier = engines.find(({ engine, available }) => available && engine === checkpoint?.position.engine)
  if (!earlier || !checkpoint) return { engine: 'auto', precision }
  return { engine: engineChoiceOf(earlier.engine), precision: checkpoint.position.precision }
}

/** A checkpoint's, or new ones, of which some are fitted to the training part. */
async function startTensors(
  { settings }: TrainJob,
  { plan, data }: JobSetup,
  checkpoint: Checkpoint | undefined,
  stop: AbortSignal,
): Promise<FittedLayers> {
  if (checkpoint) return { tensors: checkpoint.tensors, names: [] }
  const threads = threadCount()
  const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads })
  return fitLayers(engine, plan, data, initializeWeights(plan, settings.seed), stop)
}
