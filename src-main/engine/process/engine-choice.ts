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
  const processors = await tryProcessors(options)
  if (choice === 'cpu') return success(fastest(processors, []))
  if (!webgpu?.available) {
    return success(fastest(processors, [`WebGPU is not available: ${webgpu?.detail ?? 'it was not tried'}`]))
  }
  const graphics = await tryGraphics(webgpu, processors, options)
  if (graphics.ok) {
    const trials = choice === 'webgpu' ? [graphics.value] : [...processors, graphics.value]
    return success(fastest(trials, []))
  }
  if (choice === 'webgpu') return graphics
  return success(
    fastest(
      processors,
      graphics.problems.map(({ message }) => message),
    ),
  )
}

function unavailable(webgpu: EngineAvailability | undefined) {
  const tried = webgpu ? `onnxruntime’s WebGPU provider was tried: ${webgpu.detail}` : 'it was not tried'
  return problem('run.engineUnavailable', `WebGPU was asked for and does not run here; ${tried}`, {
    hint: 'Choose the engine "auto" or "cpu", or install a driver for this machine’s GPU.',
  })
}

/** The CPU with one thread and with all: small models lose more by sharing work than they win. */
async function tryProcessors(options: TrialOptions): Promise<Trial[]> {
  const counts = [...new Set([1, threadCount()])]
  const trials: Trial[] = []
  for (const threads of counts) {
    const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads })
    trials.push(await tryEngine(engine, options, processorBudget))
  }
  return trials
}

async function tryGraphics(
  { device }: EngineAvailability,
  processors: readonly Trial[],
  options: TrialOptions,
): Promise<Result<Trial>> {
  const engine = new OnnxEngine({ provider: 'webgpu', device, threads: 1 })
  const [reference] = processors
  try {
    const trial = await tryEngine(engine, options, graphicsBudget)
    const difference = reference ? largestDifference(trial, reference) : 0
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
