import type ort from 'onnxruntime-node'
import { serialiseOnnx } from '../../../../src-core/tensor-graph/onnx-serialisation.ts'
import type { DataType, Shape, TensorData, TensorGraph } from '../../../../src-core/tensor-graph/types.ts'
import type { Engine, EngineSession, EngineTensor, EngineTensors, SessionOptions } from '../engine.ts'
import { withBlockedChannels } from './blocked-layout.ts'
import { channelBlock } from './channel-blocks.ts'
import { onnxRuntime } from './onnx-runtime.ts'
import { nodesForProcessor } from './webgpu-exceptions.ts'
import { webgpuGraph } from './webgpu-graph.ts'

export type OnnxProvider = 'cpu' | 'webgpu' | 'cuda'

export interface OnnxEngineOptions {
  readonly provider: OnnxProvider
  readonly device: string
  /** Threads within one operator; only matters on the CPU. */
  readonly threads: number
}

const dataTypes: readonly DataType[] = ['float32', 'float16', 'int64', 'int32', 'uint8', 'bool']

class OnnxTensor implements EngineTensor {
  readonly value: ort.Tensor
  /** Whether a session returned it: other tensors hold arrays of somebody else. */
  readonly isResult: boolean

  constructor(value: ort.Tensor, isResult: boolean) {
    this.value = value
    this.isResult = isResult
  }

  get dtype(): DataType {
    return dataTypeOf(this.value)
  }

  get shape(): Shape {
    return this.value.dims
  }
}

function dataTypeOf({ type }: ort.Tensor): DataType {
  const known = dataTypes.find((each) => each === type)
  if (!known) throw new Error(`onnxruntime returned a tensor of type ${type}`)
  return known
}

function unwrap(tensor: EngineTensor): ort.Tensor {
  if (tensor instanceof OnnxTensor) return tensor.value
  throw new Error('this tensor belongs to another engine')
}

/** Where the JavaScript engine has a Float16Array, onnxruntime returns one; we hold bit patterns. */
function halfPatterns(data: ort.Tensor['data']): Uint16Array {
  if (!ArrayBuffer.isView(data)) throw new Error('onnxruntime returned float16 elements in an unknown form')
  return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
}

function isTensorData(data: unknown): data is TensorData {
  return (
    data instanceof Float32Array ||
    data instanceof BigInt64Array ||
    data instanceof Int32Array ||
    data instanceof Uint8Array
  )
}

/** onnxruntime with one execution provider. */
export class OnnxEngine implements Engine {
  readonly name: string
  readonly device: string
  readonly version = `onnxruntime-node ${onnxRuntime.env.versions.node ?? ''}`
  readonly #options: OnnxEngineOptions
  readonly #readers = new Map<string, Promise<ort.InferenceSession>>()

  constructor(options: OnnxEngineOptions) {
    this.name = `onnx/${options.provider}`
    this.device = options.device
    this.#options = options
  }

  tensor(dtype: DataType, shape: Shape, data: TensorData): EngineTensor {
    return new OnnxTensor(new onnxRuntime.Tensor(dtype, data, [...shape]), false)
  }

  async read(tensor: EngineTensor): Promise<TensorData> {
    const value = unwrap(tensor)
    const data = value.location === 'cpu' ? value.data : (await this.#download(value)).data
    if (value.type === 'float16') return halfPatterns(data)
    if (!isTensorData(data)) throw new Error(`onnxruntime returned elements of type ${value.type}`)
    return data
  }

  release(tensor: EngineTensor): void {
    const value = unwrap(tensor)
    // What it did not make may be in use elsewhere.
    if (!(tensor instanceof OnnxTensor && tensor.isResult)) return
    if (value.location !== 'cpu') {
      value.dispose()
      return
    }
    // The garbage collector would let several generations of the state pile up before it frees them.
    const { data } = value
    if (isTensorData(data) && data.buffer instanceof ArrayBuffer) data.buffer.transfer(0)
  }

  async createSession(graph: TensorGraph, options: SessionOptions = {}): Promise<EngineSession> {
    const { provider } = this.#options
    if (provider === 'cpu') return this.#session(withBlockedChannels(graph, await channelBlock()), [], [])
    if (provider === 'cuda') return this.#session(graph, [], [])
    const form = webgpuGraph(graph)
    return this.#session(form, options.resident ?? [], nodesForProcessor(form))
  }

  async #session(
    graph: TensorGraph,
    onDevice: readonly string[],
    onProcessor: readonly string[],
  ): Promise<EngineSession> {
    const options = sessionOptions(this.#options, onDevice, onProcessor)
    return new OnnxSession(await onnxRuntime.InferenceSession.create(serialiseOnnx(graph), options))
  }

  // onnxruntime-node 1.30 aborts the process when a tensor on the GPU is asked for its data; what it can do is
  // run a graph that copies it to an output in main memory.
  async #download(value: ort.Tensor): Promise<ort.Tensor> {
    const key = `${value.type}[${value.dims.join(',')}]`
    let reader = this.#readers.get(key)
    if (!reader) {
      const graph = copyGraph(dataTypeOf(value), value.dims)
      reader = onnxRuntime.InferenceSession.create(serialiseOnnx(graph), sessionOptions(this.#options, []))
      this.#readers.set(key, reader)
    }
    const { copy } = await (await reader).run({ source: value })
    if (!copy) throw new Error('onnxruntime returned no copy')
    return copy
  }
}

function sessionOptions(
  { provider, threads }: OnnxEngineOptions,
  onDevice: readonly string[],
  onProcessor: readonly string[] = [],
): ort.InferenceSession.SessionOptions {
  return {
    executionProviders: [
      onProcessor.length > 0 ? { name: 'webgpu', forceCpuNodeNames: onProcessor } : provider,
    ],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // A plan of all values in one block is made beside what the first run took, and doubles the memory; it saves no time.
    enableMemPattern: false,
    logSeverityLevel: 3,
    // Numbers next to zero cost a hundred times more than others and mean nothing to training.
    extra: { session: { set_denormal_as_zero: '1' } },
    ...(onDevice.length > 0
      ? { preferredOutputLocation: Object.fromEntries(onDevice.map((name) => [name, 'gpu-buffer'])) }
      : {}),
  }
}

function copyGraph(dtype: DataType, shape: Shape): TensorGraph {
  const source = { name: 'source', dtype, shape }
  const result = { name: 'result', dtype, shape }
  return {
    name: 'copy',
    inputs: [source],
    constants: [],
    nodes: [
      { name: 'copy', operator: 'Identity', domain: '', inputs: [source], outputs: [result], attributes: {} },
    ],
    outputs: [{ name: 'copy', value: result }],
  }
}

class OnnxSession implements EngineSession {
  readonly #session: ort.InferenceSession

  constructor(session: ort.InferenceSession) {
    this.#session = session
  }

  // onnxruntime-node 1.30 can write outputs into tensors it is given, but copies them to new ones all the same:
  // giving some costs memory and wins nothing.
  async run(inputs: EngineTensors): Promise<EngineTensors> {
    const feeds: Record<string, ort.Tensor> = {}
    for (const name in inputs) {
      const tensor = inputs[name]
      if (tensor) feeds[name] = unwrap(tensor)
    }
    const results = await this.#session.run(feeds)
    const outputs: Record<string, EngineTensor> = {}
    for (const name of this.#session.outputNames) {
      const result = results[name]
      if (!result) throw new Error(`onnxruntime returned no "${name}"`)
      outputs[name] = new OnnxTensor(result, true)
    }
    return outputs
  }

  dispose(): Promise<void> {
    return this.#session.release()
  }
}
