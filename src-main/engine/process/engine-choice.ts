import { failure, problem, type Result, success } from '../../../src-core/problems.ts'
import type { EngineChoice } from '../../../src-core/training/run-config.ts'
import type { EngineAvailability } from '../protocol.ts'
import { processorDevice, threadCount } from './devices.ts'
import type { Engine } from './engine.ts'
import { largestDifference, type Trial, type TrialOptions, tryEngine } from './engine-trial.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'

export interface ChosenEngine {
  readonly trial: Trial
  /** Why this one: measured numbers, and what was not used. */
  readonly reason: string
}

/** Milliseconds of training that the comparison may take on each engine. */
const processorBudget = 300
const graphicsBudget = 800
/** A GPU whose first losses differ by more than this from the CPU's is not trusted. */
const trustedDifference = 1e-3

/**
 * Takes the engine that was asked for, or measures all and takes the fastest that is right.
 * Fails with `run.engineUnavailable` when the one asked for does not run here.
 */
export async function chooseEngine(
  choice: EngineChoice,
  engines: readonly EngineAvailability[],
  options: TrialOptions,
): Promise<Result<ChosenEngine>> {
  const webgpu = engines.find(({ engine }) => engine === 'onnx/webgpu')
  if (choice === 'webgpu' && !webgpu?.available) return failure(unavailable(webgpu))
  const processor = await tryProcessor(options)
  if (choice === 'cpu') return success(fastest([processor], []))
  if (!webgpu?.available) {
    return success(fastest([processor], [`WebGPU is not available: ${webgpu?.detail ?? 'it was not tried'}`]))
  }
  const graphics = await tryGraphics(webgpu, processor, options)
  if (graphics.ok) {
    return success(fastest(choice === 'webgpu' ? [graphics.value] : [processor, graphics.value], []))
  }
  if (choice === 'webgpu') return graphics
  const whyNot = graphics.problems.map(({ message }) => message)
  return success(fastest([processor], whyNot))
}

function unavailable(webgpu: EngineAvailability | undefined) {
  const tried = webgpu ? `onnxruntime’s WebGPU provider was tried: ${webgpu.detail}` : 'it was not tried'
  return problem('run.engineUnavailable', `WebGPU was asked for and does not run here; ${tried}`, {
    hint: 'Choose the engine "auto" or "cpu", or install a driver for this machine’s GPU.',
  })
}

/**
 * Below this a step is over before a second thread has woken up, so that one thread alone is as fast or faster. A rule
 * rather than a measurement, because sums come out differently with another number of threads: the same seed must give
 * the same curve however busy the machine was when the training began.
 */
const flopsWorthThreads = 2e7

async function tryProcessor(options: TrialOptions): Promise<Trial> {
  const threads = options.flopsPerStep < flopsWorthThreads ? 1 : threadCount()
  const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads })
  return tryEngine(engine, options, processorBudget)
}

async function tryGraphics(
  { device }: EngineAvailability,
  reference: Trial,
  options: TrialOptions,
): Promise<Result<Trial>> {
  const engine = new OnnxEngine({ provider: 'webgpu', device, threads: 1 })
  try {
    const trial = await tryEngine(engine, options, graphicsBudget)
    const difference = largestDifference(trial, reference)
    if (difference <= trustedDifference) return success(trial)
    await trial.loop.dispose()
    const message = `${device} through WebGPU is not used: its first losses differ from the CPU’s by ${difference.toExponential(1)}`
    return failure(problem('run.engineUnavailable', message))
  } catch (error) {
    const message = `${device} through WebGPU cannot train this model: ${firstLine(error)}`
    return failure(problem('run.engineUnavailable', message))
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0] ?? text
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
  return engine.name === 'onnx/cpu'
    ? `CPU with ${engine.device.split(', ').at(-1)}`
    : `${engine.device} (WebGPU)`
}

function time({ millisecondsPerStep }: Trial): string {
  return `${millisecondsPerStep.toPrecision(3)} ms per step`
}
