import { failure, type Problem, problem, type Result, success } from '../../../src-core/problems.ts'
import type { EngineChoice, Precision } from '../../../src-core/training/run-config.ts'
import type { EngineAvailability } from '../protocol.ts'
import { bySpeed, choiceReason } from './choice-reason.ts'
import { processorDevice, threadCount } from './devices.ts'
import { type Contender, contenders } from './engine-contenders.ts'
import { largestDifference, type Trial, type TrialOptions, tryEngine } from './engine-trial.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'
import { trialFailure } from './trial-failure.ts'

export interface ChosenEngine {
  readonly trial: Trial
  /** Why this one: measured numbers, and what was not used. */
  readonly reason: string
}

/** Milliseconds of training that the comparison may take on each engine. */
const processorBudget = 300
const otherBudget = 800
/** An engine whose first losses differ by more than this from the CPU's in float32 is not trusted. */
const trustedDifference: Readonly<Record<Precision, number>> = { float32: 1e-3, mixed16: 1e-2 }

/**
 * Takes the engine that was asked for, or measures all and takes the fastest that is right. Where float16 was asked for,
 * each is measured in both precisions: with the engine "auto" the fastest of all is taken, but float16 on the CPU never
 * ({@link isMixedProcessor}), else the engine in float16.
 * Fails with `run.engineUnavailable` when the one asked for does not run here, or not in float16.
 */
export async function chooseEngine(
  choice: EngineChoice,
  engines: readonly EngineAvailability[],
  options: TrialOptions,
): Promise<Result<ChosenEngine>> {
  const found = (contender: Contender) => engines.find(({ engine }) => engine === contender.provider)
  const wanted = contenders.find((contender) => contender.choice === choice)
  if (wanted && !found(wanted)?.available) return failure(unavailable(wanted, found(wanted)))
  const precisions: readonly Precision[] =
    options.precision === 'mixed16' ? ['float32', 'mixed16'] : ['float32']
  const reference = await tryProcessor(options, 'float32')
  const trials: Trial[] = []
  const problems: Problem[] = []
  const collect = (result: Result<Trial>) => {
    if (result.ok) trials.push(result.value)
    else problems.push(...result.problems)
  }
  if (!wanted) {
    trials.push(reference)
    if (options.precision === 'mixed16') collect(await tryMixedProcessor(options, reference))
  }
  for (const contender of contendersFor(choice)) {
    const availability = found(contender)
    if (availability?.available) {
      for (const precision of precisions) {
        collect(await tryContender(contender, availability, reference, options, precision))
      }
    } else problems.push(notThere(contender, availability))
  }
  const eligible = trials.filter((trial) =>
    choice === 'auto' ? !isMixedProcessor(trial) : trial.precision === options.precision,
  )
  const [best] = [...eligible].sort(bySpeed)
  for (const { loop } of new Set([reference, ...trials])) if (loop !== best?.loop) void loop.dispose()
  if (!best) return failure(...problems)
  const notes = problems.map(({ message }) => message)
  return success({ trial: best, reason: choiceReason(best, trials, options.precision, notes) })
}

/**
 * float16 on the CPU is about as fast as float32, so that a measurement would decide by chance; and the same seed must
 * give the same curve, however busy the machine was when the training began. It is measured only to be told.
 */
function isMixedProcessor({ engine, precision }: Trial): boolean {
  return engine.name === 'onnx/cpu' && precision === 'mixed16'
}

function contendersFor(choice: EngineChoice): readonly Contender[] {
  return choice === 'auto' ? contenders : contenders.filter((contender) => contender.choice === choice)
}

function unavailable({ title, library, hint }: Contender, found: EngineAvailability | undefined) {
  const tried = found ? `${library} was tried: ${found.detail}` : 'it was not tried'
  return problem('run.engineUnavailable', `${title} was asked for and does not run here; ${tried}`, { hint })
}

function notThere({ title }: Contender, found: EngineAvailability | undefined): Problem {
  return problem('run.engineUnavailable', `${title} is not available: ${found?.detail ?? 'it was not tried'}`)
}

/**
 * Below this a step is over before a second thread has woken up, so that one thread alone is as fast or faster. A rule
 * rather than a measurement, because sums come out differently with another number of threads: the same seed must give
 * the same curve however busy the machine was when the training began.
 */
const flopsWorthThreads = 2e7
/** The same for one operator: layers that are unrolled step by step have thousands of small ones. */
const flopsPerNodeWorthThreads = 2e5

function threadsFor({ flopsPerStep, loop, batchSize }: TrialOptions): number {
  if (flopsPerStep < flopsWorthThreads) return 1
  const { nodes } = loop('float32').build(batchSize, 1, 0).graph
  return flopsPerStep / nodes.length < flopsPerNodeWorthThreads ? 1 : threadCount()
}

async function tryProcessor(options: TrialOptions, precision: Precision): Promise<Trial> {
  const threads = threadsFor(options)
  const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads })
  return tryEngine(engine, options, precision, processorBudget)
}

async function tryMixedProcessor(options: TrialOptions, reference: Trial): Promise<Result<Trial>> {
  const name = 'The CPU'
  try {
    return await trusted(await tryProcessor(options, 'mixed16'), reference, name)
  } catch (error) {
    return failure(trialFailure(name, error, options.batchSize, 'mixed16'))
  }
}

async function tryContender(
  { title, create }: Contender,
  { device }: EngineAvailability,
  reference: Trial,
  options: TrialOptions,
  precision: Precision,
): Promise<Result<Trial>> {
  const name = `${device} through ${title}`
  try {
    return await trusted(
      await tryEngine(await create(device), options, precision, otherBudget),
      reference,
      name,
    )
  } catch (error) {
    return failure(trialFailure(name, error, options.batchSize, precision))
  }
}

async function trusted(trial: Trial, reference: Trial, name: string): Promise<Result<Trial>> {
  const difference = largestDifference(trial, reference)
  if (difference <= trustedDifference[trial.precision]) return success(trial)
  await trial.loop.dispose()
  const where = trial.precision === 'mixed16' ? ' in float16' : ''
  const message = `${name} is not used${where}: its first losses differ from the CPU’s by ${difference.toExponential(1)}`
  return failure(problem('run.engineUnavailable', message))
}
