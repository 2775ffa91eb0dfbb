import { elementCount, type NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { runPhase } from '../../../src-core/training/accumulation.ts'
import type { SumLayout } from '../../../src-core/training/metrics/read-metrics.ts'
import type { StatePort, TrainStep } from '../../../src-core/training/train-step.ts'
import { Batch, type BatchSource } from './batch.ts'
import { CarriedTensors } from './carried-tensors.ts'
import type { Engine, EngineSession, EngineTensor } from './engine.ts'

export interface TrainLoopOptions {
  readonly engine: Engine
  /** Builds the training graph for a batch size, a number of steps per run and a phase of gradient accumulation. */
  readonly build: (batchSize: number, stepsPerRun: number, phase: number) => TrainStep
  /** Batches per step of the optimizer; 1 when absent. */
  readonly accumulationSteps?: number
  readonly source: BatchSource
  readonly seed: number
}

/** Rows of one run of the graph: `stepsPerRun` batches of `batchSize` rows, from `from` on. */
export interface RunRows {
  readonly rows: Uint32Array
  readonly from: number
  readonly batchSize: number
  readonly stepsPerRun: number
  /** Steps (batches) taken before this run. */
  readonly step: number
  /** The learning rate of an optimizer step, counted from 0. */
  readonly learningRate: (step: number) => number
}

/** A training graph with everything it reads and writes, ready to run. */
interface Variant {
  readonly train: TrainStep
  readonly session: EngineSession
  readonly batches: readonly Batch[]
  readonly inputs: Record<string, EngineTensor>
  readonly stepCount: Float32Array
  readonly rates: Float32Array
}

/**
 * Takes optimizer steps. Holds the model's state as the graphs pack it, and one session per batch size, unrolling and phase;
 * the state that one run returns goes into the next as it is.
 */
export class TrainLoop {
  readonly #options: TrainLoopOptions
  readonly #variants = new Map<string, Promise<Variant>>()
  #ports: readonly StatePort[] = []
  #state: readonly EngineTensor[] = []
  #sums: SumLayout = { sumNames: [], metrics: [] }
  #train: TrainStep | undefined
  readonly #carried: CarriedTensors

  constructor(options: TrainLoopOptions) {
    this.#options = options
    this.#carried = new CarriedTensors(options.engine)
  }

  get engineName(): string {
    return this.#options.engine.name
  }

  /** What the sums that {@link run} returns are. */
  get sums(): SumLayout {
    return this.#sums
  }

  /** Bytes of weights and optimizer slots. */
  get stateBytes(): number {
    return this.#ports.reduce((sum, { shape }) => sum + 4 * elementCount(shape), 0)
  }

  /** Sets weights and optimizer slots; slots that are absent take the optimizer's start values. States begin at zero. */
  async load(tensors: ReadonlyMap<string, NamedTensor>, batchSize: number): Promise<void> {
    const { engine } = this.#options
    const { train } = await this.#variant(batchSize, 1, 0)
    this.#train = train
    // The graph that moves the weights is created here too, so that no step is kept waiting for it.
    await this.#variant(batchSize, 1, this.#accumulationSteps - 1)
    this.#carried.reset()
    this.#ports = train.state
    this.#sums = { sumNames: train.sumNames, metrics: train.metrics }
    const packed = train.packState(tensors)
    this.#state = train.state.map(({ dtype, shape }, index) => {
      const data = packed[index]
      if (!data) throw new Error(`state tensor ${index} is missing`)
      return engine.tensor(dtype, shape, data)
    })
  }

  /** Weights and optimizer slots by name, copied. */
  async tensors(): Promise<NamedTensor[]> {
    if (!this.#train) throw new Error('the loop has no state yet')
    const packed = await Promise.all(this.#state.map((tensor) => this.#options.engine.read(tensor)))
    return this.#train.unpackState(packed)
  }

  /** Stateful layers begin at zero again. */
  resetStates(): void {
    this.#carried.reset()
  }

  /** Stateful layers go on from where {@link states} of a loop with this batch size were taken. */
  loadStates(tensors: ReadonlyMap<string, NamedTensor>): void {
    this.#carried.load(tensors)
  }

  /** What stateful layers hand on to the next batch, by name, copied. */
  states(): Promise<NamedTensor[]> {
    return this.#carried.tensors()
  }

  /** Creates the session for these sizes ahead of its first run. */
  async prepare(batchSize: number, stepsPerRun: number): Promise<void> {
    await this.#variant(batchSize, stepsPerRun, 0)
  }

  /**
   * Takes `stepsPerRun` steps and returns their sums, step after step, `sums.sumNames.length` numbers each.
   */
  async run(options: RunRows): Promise<ArrayLike<number>> {
    const { rows, from, batchSize, stepsPerRun, step, learningRate } = options
    const variant = await this.#variant(batchSize, stepsPerRun, step)
    for (const [index, batch] of variant.batches.entries()) {
      batch.fill(rows, from + index * batchSize, step + index)
      variant.rates[index] = learningRate(step + index)
    }
    variant.stepCount[0] = step
    for (const [index, { input }] of this.#ports.entries()) {
      const state = this.#state[index]
      if (state) variant.inputs[input] = state
    }
    const { carried } = variant.train
    const inputs =
      carried.length === 0 ? variant.inputs : { ...variant.inputs, ...(await this.#carried.inputs(carried)) }
    const results = await variant.session.run(inputs)
    this.#carried.keep(carried, results)
    for (const tensor of this.#state) this.#options.engine.release(tensor)
    this.#state = this.#ports.map(({ output }) => required(results, output))
    const sums = await this.#options.engine.read(required(results, variant.train.sums))
    if (!(sums instanceof Float32Array)) throw new Error('the sums are not float32')
    return sums
  }

  async dispose(): Promise<void> {
    const variants = await Promise.all(this.#variants.values())
    this.#variants.clear()
    await Promise.all(variants.map(({ session }) => session.dispose()))
  }

  get #accumulationSteps(): number {
    return this.#options.accumulationSteps ?? 1
  }

  /** The graph for a run after `step` batches. */
  #variant(batchSize: number, stepsPerRun: number, step: number): Promise<Variant> {
    const phase = runPhase(step, this.#accumulationSteps, stepsPerRun)
    const key = `${batchSize}×${stepsPerRun}@${phase}`
    const known = this.#variants.get(key)
    if (known) return known
    const variant = this.#createVariant(batchSize, stepsPerRun, phase)
    this.#variants.set(key, variant)
    return variant
  }

  async #createVariant(batchSize: number, stepsPerRun: number, phase: number): Promise<Variant> {
    const { engine, build, source, seed } = this.#options
    const train = build(batchSize, stepsPerRun, phase)
    if (this.#train && !samePacking(this.#train.state, train.state)) {
      throw new Error('training graphs of one model pack their state differently')
    }
    const session = await engine.createSession(train.graph, {
      resident: [...train.state, ...train.carried].map(({ output }) => output),
    })
    const batches = train.feeds.map((feeds) => new Batch(engine, source, feeds, batchSize, seed))
    const stepCount = new Float32Array(1)
    const rates = new Float32Array(stepsPerRun)
    return {
      train,
      session,
      batches,
      stepCount,
      rates,
      inputs: {
        ...Object.fromEntries(batches.flatMap((batch) => Object.entries(batch.inputs))),
        [train.stepCount]: engine.tensor('float32', [], stepCount),
        [train.learningRate]: engine.tensor('float32', [stepsPerRun], rates),
      },
    }
  }
}

function required(tensors: Readonly<Record<string, EngineTensor>>, name: string): EngineTensor {
  const tensor = tensors[name]
  if (!tensor) throw new Error(`the engine returned no "${name}"`)
  return tensor
}

function samePacking(a: readonly StatePort[], b: readonly StatePort[]): boolean {
  return (
    a.length === b.length &&
    a.every((port, index) => {
      const other = b[index]
      return port.output === other?.output && port.shape.join() === other.shape.join()
    })
  )
}
