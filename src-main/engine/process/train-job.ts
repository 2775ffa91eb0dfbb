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
import type { EngineChoice } from '../../../src-core/training/run-config.ts'
import { checkTraining } from '../../../src-core/training/schedules/check-training.ts'
import type { TrainJob } from '../protocol.ts'
import { type ChosenEngine, chooseEngine, engineChoiceOf } from './engine-choice.ts'
import { EpochPosition } from './epoch-position.ts'
import { Evaluator } from './evaluator.ts'
import { type JobContext, tell } from './job-context.ts'
import { type JobSetup, setUp } from './job-setup.ts'
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
  plateau: null,
  earlyStopping: null,
}

/** Trains a model; what happens is told by run events, problems found before the first step by `refused`. */
export async function train(job: TrainJob, context: JobContext): Promise<void> {
  const prepared = await prepare(job)
  if (!prepared.ok) return context.reply({ type: 'refused', problems: [...prepared.problems] })
  const { setup, checkpoint, chosen, batchSize } = prepared.value
  const { plan, losses, data } = setup
  const { engine, loop, millisecondsPerStep } = chosen.trial
  const start = checkpoint?.position ?? beginning
  const { settings, documentHash } = job
  const before = Math.min(job.batchSizeBefore ?? settings.batchSize, data.parts.train.length)
  const position = new EpochPosition({ samples: data.parts.train.length, batchSize, before, start })
  const stepsPerRun = chooseStepsPerRun({
    millisecondsPerStep,
    stateBytes: loop.stateBytes,
    wholeBatches: Math.floor(data.parts.train.length / batchSize),
    stepsLeft: position.totalSteps(settings.epochs) - start.step,
  })
  tellStart(job, context, prepared.value, stepsPerRun, position.totalSteps(settings.epochs))
  await loop.load(startTensors(job, setup, checkpoint), batchSize)
  const evaluator = new Evaluator({
    engine,
    build: (size) => buildForwardStep({ plan, losses, normalization: data.preparation, batchSize: size }),
    source: data,
    batchSize: evaluationBatch,
    stop: context.stop,
  })
  const sizes = { batchSize, stepsPerRun, position }
  const best = job.bestSoFar ?? job.resumeFrom
  const parts = { context, settings, documentHash, data, loop, evaluator, ...sizes, start }
  await new TrainingRun({ ...parts, ...(best && { best }) }).run()
}

function tellStart(
  { settings }: TrainJob,
  context: JobContext,
  { setup, checkpoint, chosen, batchSize }: PreparedTraining,
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
  const warn = (message: string) => tell(context, { type: 'log', level: 'warning', message })
  if (rowsWithoutTarget > 0) warn(`${rowsWithoutTarget} rows without a target value are left out.`)
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
  readonly chosen: ChosenEngine
  readonly batchSize: number
}

async function prepare(job: TrainJob): Promise<Result<PreparedTraining>> {
  const checkpoint = job.resumeFrom && readCheckpoint(job.resumeFrom)
  if (checkpoint && !checkpoint.ok) return checkpoint
  const setup = setUp(job, checkpoint?.value)
  if (!setup.ok) return setup
  const { plan, losses, data } = setup.value
  const wrong = checkSettings(job, setup.value)
  if (wrong.length > 0) return failure(...wrong)
  const batchSize = Math.min(job.settings.batchSize, data.parts.train.length)
  const { optimizer, seed, mixing, gradientAccumulationSteps } = job.settings
  const chosen = await chooseEngine(engineFor(job, checkpoint?.value), job.engines, {
    loop: {
      build: (size, stepsPerRun, phase) =>
        buildTrainStep({
          plan,
          losses,
          optimizer,
          update: job.settings,
          normalization: data.preparation,
          mixing,
          batchSize: size,
          stepsPerRun,
          phase,
        }),
      ...(gradientAccumulationSteps && { accumulationSteps: gradientAccumulationSteps }),
      source: data.forTraining,
      seed,
    },
    learningRate: optimizer.learningRate,
    tensors: startTensors(job, setup.value, checkpoint?.value),
    rows: data.parts.train,
    batchSize,
    flopsPerStep: 3 * plan.flops * batchSize,
  })
  if (!chosen.ok) return failure(...chosen.problems)
  return success({ setup: setup.value, checkpoint: checkpoint?.value, chosen: chosen.value, batchSize })
}

/** The service has checked them against the dataset; here it is known how many rows can be used. */
function checkSettings({ settings }: TrainJob, { plan, losses, data }: JobSetup): readonly Problem[] {
  const stepsPerEpoch = Math.ceil(data.parts.train.length / settings.batchSize)
  const metrics = reportedMetrics(plan, losses)
  return checkTraining(settings, { stepsPerEpoch, metrics }).filter(({ severity }) => severity === 'error')
}

/** A run goes on with the engine it began with, so that its curve goes on exactly; where that is gone, with any. */
function engineFor({ settings, engines }: TrainJob, checkpoint: Checkpoint | undefined): EngineChoice {
  if (settings.engine !== 'auto') return settings.engine
  const earlier = engines.find(({ engine, available }) => available && engine === checkpoint?.position.engine)
  if (!earlier) return 'auto'
  return engineChoiceOf(earlier.engine)
}

function startTensors(job: TrainJob, { plan }: JobSetup, checkpoint: Checkpoint | undefined) {
  return checkpoint?.tensors ?? initializeWeights(plan, job.settings.seed)
}
