import { failure, type Result, success } from '../../../src-core/problems.ts'
import { buildForwardStep } from '../../../src-core/training/build-forward-step.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import {
  type Checkpoint,
  type CheckpointPosition,
  readCheckpoint,
} from '../../../src-core/training/checkpoint.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import type { EngineChoice } from '../../../src-core/training/run-config.ts'
import type { TrainJob } from '../protocol.ts'
import { type ChosenEngine, chooseEngine } from './engine-choice.ts'
import { Evaluator } from './evaluator.ts'
import { type JobContext, tell } from './job-context.ts'
import { type JobSetup, setUp } from './job-setup.ts'
import { TrainingRun } from './training-run.ts'
import { chooseStepsPerRun } from './unrolling.ts'

/** Samples per batch of validation and test: nothing is kept for a backward pass, so there is room for more. */
const evaluationBatch = 256

const beginning: CheckpointPosition = {
  epoch: 0,
  step: 0,
  epochSums: [],
  bestLoss: null,
  window: null,
  engine: '',
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
  const stepsPerEpoch = Math.ceil(data.parts.train.length / batchSize)
  const stepsPerRun = chooseStepsPerRun({
    millisecondsPerStep,
    stateBytes: loop.stateBytes,
    wholeBatches: Math.floor(data.parts.train.length / batchSize),
    stepsLeft: stepsPerEpoch * settings.epochs - start.step,
  })
  tellStart(job, context, prepared.value, stepsPerRun)
  await loop.load(startTensors(job, setup, checkpoint), batchSize)
  const evaluator = new Evaluator({
    engine,
    build: (size) => buildForwardStep({ plan, losses, normalization: data.preparation, batchSize: size }),
    source: data,
    batchSize: evaluationBatch,
    stop: context.stop,
  })
  const sizes = { batchSize, stepsPerRun }
  await new TrainingRun({ context, settings, documentHash, data, loop, evaluator, ...sizes, start }).run()
}

function tellStart(
  { settings }: TrainJob,
  context: JobContext,
  { setup, checkpoint, chosen, batchSize }: PreparedTraining,
  stepsPerRun: number,
): void {
  const { engine } = chosen.trial
  const { parts, rowsWithoutTarget } = setup.data
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
  })
  tell(context, { type: 'log', level: 'info', message: `${engine.version}, Node ${process.versions.node}` })
  const warn = (message: string) => tell(context, { type: 'log', level: 'warning', message })
  if (rowsWithoutTarget > 0) warn(`${rowsWithoutTarget} rows without a target value are left out.`)
  const before = checkpoint?.position.engine
  if (before !== undefined && before !== engine.name) {
    warn(`The run began with ${before} and goes on with ${engine.name}: its curve may differ a little.`)
  }
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
  const batchSize = Math.min(job.settings.batchSize, data.parts.train.length)
  const { optimizer, seed, gradientAccumulationSteps } = job.settings
  const chosen = await chooseEngine(engineFor(job, checkpoint?.value), job.engines, {
    loop: {
      build: (size, stepsPerRun, phase) =>
        buildTrainStep({
          plan,
          losses,
          optimizer,
          update: job.settings,
          normalization: data.preparation,
          batchSize: size,
          stepsPerRun,
          phase,
        }),
      ...(gradientAccumulationSteps && { accumulationSteps: gradientAccumulationSteps }),
      source: data,
      seed,
      learningRate: optimizer.learningRate,
    },
    tensors: startTensors(job, setup.value, checkpoint?.value),
    rows: data.parts.train,
    batchSize,
    flopsPerStep: 3 * plan.flops * batchSize,
  })
  if (!chosen.ok) return failure(...chosen.problems)
  return success({ setup: setup.value, checkpoint: checkpoint?.value, chosen: chosen.value, batchSize })
}

/** A run goes on with the engine it began with, so that its curve goes on exactly; where that is gone, with any. */
function engineFor({ settings, engines }: TrainJob, checkpoint: Checkpoint | undefined): EngineChoice {
  if (settings.engine !== 'auto') return settings.engine
  const earlier = engines.find(({ engine, available }) => available && engine === checkpoint?.position.engine)
  if (!earlier) return 'auto'
  return earlier.engine === 'onnx/webgpu' ? 'webgpu' : 'cpu'
}

function startTensors(job: TrainJob, { plan }: JobSetup, checkpoint: Checkpoint | undefined) {
  return checkpoint?.tensors ?? initializeWeights(plan, job.settings.seed)
}
