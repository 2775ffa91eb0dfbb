import type { Tensor } from '@tensorflow/tfjs'
import type { DataType, Shape, TensorData, TensorGraph } from '../../../../src-core/tensor-graph/types.ts'
import type { Engine, EngineSession, EngineTensor, EngineTensors, SessionOptions } from '../engine.ts'
import { heldType } from './operator-node.ts'
import { PreparedGraph } from './prepared-graph.ts'
import { deviceData, hostData } from './tensor-data.ts'
import type { TensorflowLibrary } from './tensorflow-library.ts'

/** Elements in main memory, which a run copies, or a tensor that TensorFlow keeps. */
class TensorflowTensor implements EngineTensor {
  readonly dtype: DataType
  readonly shape: Shape
  readonly content: TensorData | Tensor

  constructor(dtype: DataType, shape: Shape, content: TensorData | Tensor) {
    this.dtype = dtype
    this.shape = shape
    this.content = content
  }
}

function unwrap(tensor: EngineTensor): TensorflowTensor {
  if (tensor instanceof TensorflowTensor) return tensor
  throw new Error('this tensor belongs to another engine')
}

function isHeld(content: TensorData | Tensor): content is Tensor {
  return 'dataSync' in content
}

function download(dtype: DataType, tensor: Tensor): TensorData {
  return hostData(dtype, tensor.dataSync<'float32' | 'int32' | 'bool'>())
}

/** Interprets graphs with TensorFlow's native kernels, on an NVIDIA GPU where TensorFlow finds one. */
export class TensorflowEngine implements Engine {
  readonly name = 'tensorflow'
  readonly device: string
  readonly version: string
  readonly #library: TensorflowLibrary

  constructor(library: TensorflowLibrary, device: string) {
    this.#library = library
    this.device = device
    this.version = `TensorFlow ${library.version}`
  }

  tensor(dtype: DataType, shape: Shape, data: TensorData): EngineTensor {
    return new TensorflowTensor(dtype, shape, data)
  }

  async read(tensor: EngineTensor): Promise<TensorData> {
    const { dtype, content } = unwrap(tensor)
    return isHeld(content) ? download(dtype, content) : content
  }

  release(tensor: EngineTensor): void {
    const { content } = unwrap(tensor)
    if (isHeld(content)) content.dispose()
  }

  async createSession(graph: TensorGraph, options: SessionOptions = {}): Promise<EngineSession> {
    return new TensorflowSession(this.#library, graph, new Set(options.resident))
  }
}

class TensorflowSession implements EngineSession {
  readonly #library: TensorflowLibrary
  readonly #graph: TensorGraph
  readonly #resident: ReadonlySet<string>
  readonly #prepared: PreparedGraph

  constructor(library: TensorflowLibrary, graph: TensorGraph, resident: ReadonlySet<string>) {
    this.#library = library
    this.#graph = graph
    this.#resident = resident
    this.#prepared = new PreparedGraph(library, graph)
  }

  async run(inputs: EngineTensors): Promise<EngineTensors> {
    const copied: Tensor[] = []
    const feeds = new Map<string, Tensor>()
    for (const { name } of this.#graph.inputs) {
      const given = inputs[name]
      if (!given) throw new Error(`no data for input ${name}`)
      feeds.set(name, this.#upload(unwrap(given), copied))
    }
    try {
      return this.#wrap(this.#prepared.run(feeds))
    } finally {
      for (const tensor of copied) tensor.dispose()
    }
  }

  async dispose(): Promise<void> {
    this.#prepared.dispose()
  }

  #upload({ dtype, shape, content }: TensorflowTensor, copied: Tensor[]): Tensor {
    if (isHeld(content)) return content
    const tensor = this.#library.tf.tensor(deviceData(content), [...shape], heldType(dtype))
    copied.push(tensor)
    return tensor
  }

  /** Outputs that come back as inputs stay with TensorFlow; the others are copied to main memory. */
  #wrap(results: ReadonlyMap<string, Tensor>): EngineTensors {
    const outputs: Record<string, EngineTensor> = {}
    for (const { name, value } of this.#graph.outputs) {
      const result = results.get(name)
      if (!result) throw new Error(`TensorFlow returned no "${name}"`)
      if (this.#resident.has(name)) {
        outputs[name] = new TensorflowTensor(value.dtype, value.shape, result)
        continue
      }
      // A copy: an output that is an input unchanged would otherwise be the caller's own array.
      const data = download(value.dtype, result).slice()
      result.dispose()
      outputs[name] = new TensorflowTensor(value.dtype, value.shape, data)
    }
    return outputs
  }
}
