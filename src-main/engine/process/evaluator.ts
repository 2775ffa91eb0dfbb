import { streamOrder } from '../../../src-core/datasets/stream-order.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import type { MetricValues } from '../../../src-core/training/run-event.ts'
import type { ForwardStep } from '../../../src-core/training/train-step.ts'
import { Batch, type BatchSource } from './batch.ts'
import { CarriedTensors } from './carried-tensors.ts'
import type { Engine, EngineSession, EngineTensor } from './engine.ts'
import { MetricSums } from './metric-sums.ts'

export interface EvaluatorOptions {
  readonly engine: Engine
  readonly build: (batchSize: number) => ForwardStep
  readonly source: BatchSource
  readonly batchSize: number
  /** Whether rows are scored in streams, so that stateful layers go on from batch to batch. */
  readonly isStateful?: boolean
  /** Of the noise that recipes are scored with: the same for the same rows, however often they are scored. */
  readonly seed: number
  /** Looked at between batches. */
  readonly stop?: AbortSignal
}

interface Variant {
  readonly forward: ForwardStep
  readonly session: EngineSession
  readonly batch: Batch
}

/** Scores weights on rows of the dataset. */
export class Evaluator {
  readonly #options: EvaluatorOptions
  readonly #variants = new Map<number, Promise<Variant>>()

  constructor(options: EvaluatorOptions) {
    this.#options = options
  }

  /**
   * Metrics over the rows; null when there are none, or when it was stopped. Stateful layers begin at zero, and go through
   * the rows as in training.
   */
  async evaluate(
    tensors: ReadonlyMap<string, NamedTensor>,
    given: Uint32Array,
  ): Promise<MetricValues | null> {
    let sums: MetricSums | undefined
    const { batchSize, isStateful, engine } = this.#options
    const rows = isStateful ? streamOrder(given, batchSize) : given
    const carried = new CarriedTensors(engine)
    for (let from = 0; from < rows.length; ) {
      if (this.#options.stop?.aborted) return null
      const size = Math.min(batchSize, rows.length - from)
      const { forward, session, batch } = await this.#variant(size)
      batch.fill(rows, from, from / batchSize)
      const states = await carried.inputs(forward.carried)
      const outputs = await session.run({ ...batch.inputs, ...states, ...this.#weights(forward, tensors) })
      carried.keep(forward.carried, outputs)
      sums ??= new MetricSums(forward)
      const found = forward.sums === undefined ? undefined : outputs[forward.sums]
      if (!found) throw new Error('the evaluation graph has no sums')
      sums.add(toNumbers(await engine.read(found)))
      from += size
    }
    return sums?.metrics() ?? null
  }

  async dispose(): Promise<void> {
    const variants = await Promise.all(this.#variants.values())
    this.#variants.clear()
    await Promise.all(variants.map(({ session }) => session.dispose()))
  }

  #weights(
    { weights }: ForwardStep,
    tensors: ReadonlyMap<string, NamedTensor>,
  ): Record<string, EngineTensor> {
    return weightTensors(this.#options.engine, weights, tensors)
  }

  #variant(size: number): Promise<Variant> {
    const known = this.#variants.get(size)
    if (known) return known
    const variant = this.#create(size)
    this.#variants.set(size, variant)
    return variant
  }

  async #create(size: number): Promise<Variant> {
    const { engine, build, source, seed } = this.#options
    const forward = build(size)
    const session = await engine.createSession(forward.graph)
    return { forward, session, batch: new Batch(engine, source, forward, size, seed) }
  }
}

/** A checkpoint's weights as the inputs of a forward graph. Throws when one is missing. */
export function weightTensors(
  engine: Engine,
  ports: ForwardStep['weights'],
  tensors: ReadonlyMap<string, NamedTensor>,
): Record<string, EngineTensor> {
  const entries = [...ports].map(([name, port]): [string, EngineTensor] => {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`the weight ${name} is missing`)
    return [port.input, engine.tensor(port.dtype, port.shape, tensor.data)]
  })
  return Object.fromEntries(entries)
}

function toNumbers(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data
  throw new Error('the sums are not float32')
}
