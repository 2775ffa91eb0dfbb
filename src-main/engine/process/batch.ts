import type { TensorData } from '../../../src-core/tensor-graph/types.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import type { FeedPort, ForwardStep, StepFeeds } from '../../../src-core/training/train-step.ts'
import type { Engine, EngineTensor } from './engine.ts'
import type { RowWriter } from './sample-encoder.ts'

/** One array of a batch and how its rows get into it. */
export interface BatchPart {
  readonly data: TensorData
  /** Writes rows[from], rows[from + 1] ... until the batch is full. */
  fill(rows: Uint32Array, from: number): void
}

/** Makes the arrays of batches: for the port of a layer, whose first axis is the batch. */
export interface BatchSource {
  features(layerId: string, port: FeedPort): BatchPart
  targets(layerId: string, port: FeedPort): BatchPart
  /** How much each row counts; without it, every row counts 1. */
  sampleWeights?(port: FeedPort): BatchPart
}

/** A part of a batch in memory that is allocated once and filled again for every batch. */
export function batchPart<T extends Float32Array | Int32Array>(
  writer: RowWriter<T>,
  batchSize: number,
  data: T,
): BatchPart {
  const { size } = writer
  return {
    data,
    fill: (rows, from) => {
      for (let index = 0; index < batchSize; index++)
        writer.write(rows[from + index] ?? 0, data, index * size)
    },
  }
}

/** The arrays that one step of a graph reads, wrapped as the engine's tensors once and for all. */
export class Batch {
  readonly inputs: Readonly<Record<string, EngineTensor>>
  readonly #parts: readonly BatchPart[]
  readonly #noise: readonly { readonly key: string; readonly data: Float32Array }[]
  readonly #seed: number

  constructor(
    engine: Engine,
    source: BatchSource,
    feeds: StepFeeds | ForwardStep,
    batchSize: number,
    seed: number,
  ) {
    const inputs: Record<string, EngineTensor> = {}
    const add = ({ input, dtype, shape }: FeedPort, data: TensorData) => {
      inputs[input] = engine.tensor(dtype, shape, data)
    }
    const addPart = (port: FeedPort, part: BatchPart) => {
      add(port, part.data)
      return part
    }
    const { sampleWeight } = feeds
    const weights = sampleWeight && source.sampleWeights?.(sampleWeight)
    if (sampleWeight && !weights) add(sampleWeight, new Float32Array(batchSize).fill(1))
    this.#parts = [
      ...[...feeds.features].map(([id, port]) => addPart(port, source.features(id, port))),
      ...[...feeds.targets].map(([id, port]) => addPart(port, source.targets(id, port))),
      ...(sampleWeight && weights ? [addPart(sampleWeight, weights)] : []),
    ]
    this.#noise = (feeds.random ?? []).map((port) => {
      const data = new Float32Array(port.shape.reduce((product, size) => product * size, 1))
      add(port, data)
      return { key: port.key, data }
    })
    this.inputs = inputs
    this.#seed = seed
  }

  /** Fills the arrays with rows from `from` on, and with the noise of optimizer step (or batch that is scored) `step`, from 0 on. */
  fill(rows: Uint32Array, from: number, step: number): void {
    for (const part of this.#parts) part.fill(rows, from)
    for (const { key, data } of this.#noise) fillUniform(data, this.#seed, key, step)
  }
}
