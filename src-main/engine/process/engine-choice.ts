import { failure, problem, type Result, success } from '../../../src-core/problems.ts'
import type { EngineChoice } from '../../../src-core/training/run-config.ts'
import type { EngineAvailability, ProviderName } from '../protocol.ts'
import { processorDevice, threadCount } from './devices.ts'
import type { Engine } from './engine.ts'
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
/** An engine whose first losses differ by more than this from the CPU's is not trusted. */
const trustedDifference = 1e-3

/** An engine beside the CPU, which is the reference for all. */
interface Contender {
  readonly choice: Exclude<EngineChoice, 'auto' | 'cpu'>
  readonly provider: ProviderName
  /** As people know it. */
  readonly title: string
  /** What is tried when it is asked for. */
  readonly library: string
  readonly hint: string
  create(device: string): Promise<Engine>
}

const contenders: readonly Contender[] = [
  {
    choice: 'webgpu',
    provider: 'onnx/webgpu',
    title: 'WebGPU',
    library: 'onnxruntime’s WebGPU provider',
    hint: 'Choose the engine "auto" or "cpu", or install a driver for this machine’s GPU.',
    create: async (device) => new OnnxEngine({ provider: 'webgpu', device, threads: 1 }),
  },
  {
    choice: 'tensorflow',
    provider: 'tensorflow',
    title: 'TensorFlow',
    library: 'TensorFlow',
    hint: 'Choose the engine "auto" or "cpu", or install TensorFlow on the Engines page.',
    create: async () => (await import('./tensorflow/create-tensorflow-engine.ts')).createTensorflowEngine(),
  },
]

/** What to ask for to get an engine that was used before. */
export function engineChoiceOf(engine: string): EngineChoice {
  return contenders.find(({ provider }) => provider === engine)?.choice ?? 'cpu'
}

/**
 * Takes the engine that was asked for, or measures all and takes the fastest that is right.
 * Fails with `run.engineUnavailable` when the one asked for does not run here.
 */
export async function chooseEngine(
  choice: EngineChoice,
  engines: readonly EngineAvailability[],
  options: TrialOptions,
): Promise<Result<ChosenEngine>> {
  const found = (contender: Contender) => engines.find(({ engine }) => engine === contender.provider)
  const wanted = contenders.find((contender) => contender.choice === choice)
  if (wanted && !found(wanted)?.available) return failure(unavailable(wanted, found(wanted)))
  const processor = await tryProcessor(options)
  if (choice === 'cpu') return success(fastest([processor], []))
  const trials: Trial[] = []
  const notes: string[] = []
  for (const contender of wanted ? [wanted] : contenders) {
    const availability = found(contender)
    if (!availability?.available) {
      notes.push(`${contender.title} is not available: ${availability?.detail ?? 'it was not tried'}`)
      continue
    }
    const trial = await tryContender(contender, availability, processor, options)
    if (trial.ok) trials.push(trial.value)
    else if (wanted) return trial
    else notes.push(...trial.problems.map(({ message }) => message))
  }
  return success(fastest(wanted ? trials : [processor, ...trials], notes.map(withoutPeriod)))
}

function unavailable({ title, library, hint }: Contender, found: EngineAvailability | undefined) {
  const tried = found ? `${library} was tried: ${found.detail}` : 'it was not tried'
  return problem('run.engineUnavailable', `${title} was asked for and does not run here; ${tried}`, { hint })
}

/** Sentences are joined with periods. */
function withoutPeriod(note: string): string {
  return note.replace(/\.$/, '')
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
  const { nodes } = loop.build(batchSize, 1, 0).graph
  return flopsPerStep / nodes.length < flopsPerNodeWorthThreads ? 1 : threadCount()
}

async function tryProcessor(options: TrialOptions): Promise<Trial> {
  const threads = threadsFor(options)
  const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads })
  return tryEngine(engine, options, processorBudget)
}

async function tryContender(
  { title, create }: Contender,
  { device }: EngineAvailability,
  reference: Trial,
  options: TrialOptions,
): Promise<Result<Trial>> {
  try {
    const trial = await tryEngine(await create(device), options, otherBudget)
    const difference = largestDifference(trial, reference)
    if (difference <= trustedDifference) return success(trial)
    await trial.loop.dispose()
    const message = `${device} through ${title} is not used: its first losses differ from the CPU’s by ${difference.toExponential(1)}`
    return failure(problem('run.engineUnavailable', message))
  } catch (error) {
    return failure(
      problem('run.engineUnavailable', trialFailure(`${device} through ${title}`, error, options.batchSize)),
    )
  }
}

/** Ends the losers; says what each has taken. */
function fastest(trials: readonly Trial[], notes: readonly string[]): ChosenEngine {
  const [best, ...others] = [...trials].sort((a, b) => a.millisecondsPerStep - b.millisecondsPerStep)
  if (!best) throw new Error('no engine was tried')
  for (const { loop } of others) void loop.dispose()
  const lines = trials.map(
    (trial) => `${describe(trial.engine)} ${time(trial)}${trial === best ? ' (used)' : ''}`,
  )
  return { trial: best, reason: `Measured on this model: ${[lines.join(', '), ...notes].join('. ')}.` }
}

function describe(engine: Engine): string {
  if (engine.name === 'onnx/cpu') return `CPU with ${engine.device.split(', ').at(-1)}`
  const title = contenders.find(({ provider }) => provider === engine.name)?.title ?? engine.name
  return `${engine.device} (${title})`
}

function time({ millisecondsPerStep }: Trial): string {
  return `${millisecondsPerStep.toPrecision(3)} ms per step`
}
