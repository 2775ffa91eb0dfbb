import { elementCount, type NamedTensor, type TensorData } from '../../src-core/tensor-graph/types.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import type { StepFeeds, TrainStep } from '../../src-core/training/train-step.ts'
import { openOnnx } from './run-onnx.ts'

/** One batch by layer id. */
export interface Batch {
  readonly features: Readonly<Record<string, Float32Array>>
  readonly targets: Readonly<Record<string, Float32Array | Int32Array>>
  /** 1 for every sample when absent. */
  readonly sampleWeight?: Float32Array
}

export interface TrainingResult {
  /** By step: every sum divided by the weight of the batch. */
  readonly means: readonly Readonly<Record<string, number>>[]
  readonly state: readonly TensorData[]
  readonly tensors: ReadonlyMap<string, NamedTensor>
}

export interface TrainingOptions {
  readonly learningRate: number | ((step: number) => number)
  readonly seed?: number
  /** Steps taken before. */
  readonly stepsBefore?: number
  /** Steps after which stateful layers begin at zero again; never when absent. */
  readonly epochSteps?: number
}

/**
 * Runs a training graph over batches in onnxruntime, as an engine would. Their number must be a multiple of stepsPerRun.
 * Where gradients are accumulated, `graph` builds the graph for a run after so many batches.
 */
export async function train(
  graph: TrainStep | ((batchesBefore: number) => TrainStep),
  start: ReadonlyMap<string, NamedTensor>,
  batches: readonly Batch[],
  options: TrainingOptions,
): Promise<TrainingResult> {
  const graphAt = typeof graph === 'function' ? graph : () => graph
  const sessions = new Map<TrainStep, Awaited<ReturnType<typeof openOnnx>>>()
  const sessionOf = async (step: TrainStep) => {
    const session = sessions.get(step) ?? (await openOnnx(step.graph))
    sessions.set(step, session)
    return session
  }
  const step = graphAt(options.stepsBefore ?? 0)
  let state = step.packState(start)
  let carried: Readonly<Record<string, TensorData | undefined>> = {}
  const means: Record<string, number>[] = []
  const before = options.stepsBefore ?? 0
  const rate = (at: number) =>
    typeof options.learningRate === 'number' ? options.learningRate : options.learningRate(at)
  for (let first = 0; first < batches.length; first += step.stepsPerRun) {
    const feeds: Record<string, TensorData> = {
      [step.stepCount]: Float32Array.of(before + first),
      [step.learningRate]: Float32Array.from({ length: step.stepsPerRun }, (_, index) =>
        rate(before + first + index),
      ),
    }
    for (const [index, port] of step.state.entries()) feeds[port.input] = state[index] ?? new Float32Array()
    for (const [index, ports] of step.feeds.entries()) {
      const batch = batches[first + index]
      if (!batch) throw new Error('the number of batches is not a multiple of stepsPerRun')
      feedStep(feeds, ports, batch, options.seed ?? 0, before + first + index)
    }
    if (options.epochSteps !== undefined && (before + first) % options.epochSteps === 0) carried = {}
    for (const { input, name, shape } of step.carried) {
      feeds[input] = carried[name] ?? new Float32Array(elementCount(shape))
    }
    const session = await sessionOf(graphAt(before + first))
    const results = await session.run(feeds)
    carried = Object.fromEntries(step.carried.map(({ name, output }) => [name, results[output]?.data]))
    state = step.state.map((port) => results[port.output]?.data ?? new Float32Array())
    const sums = Array.from(results[step.sums]?.data ?? [], Number)
    for (let index = 0; index < step.stepsPerRun; index++) {
      const row = sums.slice(index * step.sumNames.length, (index + 1) * step.sumNames.length)
      means.push(Object.fromEntries(step.sumNames.map((name, at) => [name, (row[at] ?? 0) / (row[0] ?? 1)])))
    }
  }
  for (const session of sessions.values()) await session.release()
  const tensors = new Map(step.unpackState(state).map((tensor) => [tensor.name, tensor]))
  return { means, state, tensors }
}

function feedStep(
  feeds: Record<string, TensorData>,
  ports: StepFeeds,
  batch: Batch,
  seed: number,
  step: number,
): void {
  for (const [id, port] of ports.features) feeds[port.input] = batch.features[id] ?? new Float32Array()
  for (const [id, port] of ports.targets) feeds[port.input] = batch.targets[id] ?? new Int32Array()
  const [size = 0] = ports.sampleWeight.shape
  feeds[ports.sampleWeight.input] = batch.sampleWeight ?? new Float32Array(size).fill(1)
  for (const port of ports.random) {
    const noise = new Float32Array(port.shape.reduce((product, axis) => product * axis, 1))
    fillUniform(noise, seed, port.key, step)
    feeds[port.input] = noise
  }
}
