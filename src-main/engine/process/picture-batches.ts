import type { PictureStep } from '../../../src-core/generation/picture-steps.ts'
import { elementCount, type NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import type { FeedPort } from '../../../src-core/training/train-step.ts'
import { processorDevice, threadCount } from './devices.ts'
import type { EngineTensor } from './engine.ts'
import { weightTensors } from './evaluator.ts'
import { OnnxEngine } from './onnx/onnx-engine.ts'

/** Pictures that are made together. */
const largestBatch = 64

export interface PictureBatches {
  readonly count: number
  /** Of the noise, if the graph asks for any. */
  readonly seed: number
  readonly tensors: ReadonlyMap<string, NamedTensor>
  build(batchSize: number): PictureStep
  /** Values of a layer for the pictures from `from` on, as many as the port takes. */
  give(layerId: string, port: FeedPort, from: number): Float32Array
}

export interface MadePictures {
  readonly pictures: Uint8Array<ArrayBuffer>
  /** What a denoising model saw; of no length where nothing spoils the input. */
  readonly corrupted: Uint8Array<ArrayBuffer>
}

/** Makes pictures on the processor, a batch at a time. */
export async function makePictures(batches: PictureBatches): Promise<MadePictures> {
  const threads = threadCount()
  const engine = new OnnxEngine({ provider: 'cpu', device: processorDevice(threads), threads })
  const made: Record<'pictures' | 'corrupted', Uint8Array[]> = { pictures: [], corrupted: [] }
  for (let from = 0; from < batches.count; from += largestBatch) {
    const step = batches.build(Math.min(largestBatch, batches.count - from))
    const session = await engine.createSession(step.graph)
    const inputs: Record<string, EngineTensor> = weightTensors(engine, step.weights, batches.tensors)
    for (const [id, port] of step.given) {
      inputs[port.input] = engine.tensor('float32', port.shape, batches.give(id, port, from))
    }
    for (const { input, key, shape } of step.random) {
      const noise = new Float32Array(elementCount(shape))
      fillUniform(noise, batches.seed, key, from)
      inputs[input] = engine.tensor('float32', shape, noise)
    }
    const outputs = await session.run(inputs)
    for (const name of step.hasCorrupted ? (['pictures', 'corrupted'] as const) : (['pictures'] as const)) {
      const output = outputs[name]
      const data = output && (await engine.read(output))
      if (!(data instanceof Float32Array)) throw new Error(`the graph made no ${name}`)
      made[name].push(pixels(data))
    }
    await session.dispose()
  }
  return { pictures: joined(made.pictures), corrupted: joined(made.corrupted) }
}

/** Whole numbers from 0 to 255; what is no number is black. */
export function pixels(values: Float32Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(values, (value) => Math.round(Math.min(Math.max(value, 0), 255)))
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
