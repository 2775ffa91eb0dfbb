import ort from 'onnxruntime-node'
import { type OnnxOptions, serialiseOnnx } from '../../src-core/tensor-graph/onnx-serialisation.ts'
import type { DataType, Shape, TensorData, TensorGraph } from '../../src-core/tensor-graph/types.ts'

export interface Tensor {
  readonly dtype: DataType
  readonly shape: Shape
  readonly data: TensorData
}

export type Feeds = Readonly<Record<string, TensorData>>

export interface OnnxSession {
  /** Runs with the shapes of the graph's inputs, or with `shapes` where given. */
  run(feeds: Feeds, shapes?: Readonly<Record<string, Shape>>): Promise<Record<string, Tensor>>
  release(): Promise<void>
}

/** Loads a graph into onnxruntime-node on the CPU. */
export async function openOnnx(
  graph: TensorGraph,
  sessionOptions: ort.InferenceSession.SessionOptions = {},
  onnxOptions: OnnxOptions = {},
): Promise<OnnxSession> {
  const session = await ort.InferenceSession.create(serialiseOnnx(graph, onnxOptions), {
    executionProviders: ['cpu'],
    logSeverityLevel: 3,
    ...sessionOptions,
  })
  return {
    async run(feeds, shapes = {}) {
      const tensors = graph.inputs.map((input) => {
        const data = feeds[input.name]
        if (!data) throw new Error(`no data for input ${input.name}`)
        return [input.name, new ort.Tensor(input.dtype, data, shapes[input.name] ?? input.shape)] as const
      })
      const results = await session.run(Object.fromEntries(tensors))
      return Object.fromEntries(
        Object.entries(results).map(([name, value]) => [name, plainTensor(name, value)]),
      )
    },
    release: () => session.release(),
  }
}

/** Runs a graph once in onnxruntime-node. */
export async function runOnnx(graph: TensorGraph, feeds: Feeds): Promise<Record<string, Tensor>> {
  const session = await openOnnx(graph)
  try {
    return await session.run(feeds)
  } finally {
    await session.release()
  }
}

function plainTensor(name: string, { type, dims, data }: ort.Tensor): Tensor {
  if (type === 'float16' && ArrayBuffer.isView(data)) {
    return {
      dtype: type,
      shape: dims,
      data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2),
    }
  }
  const known =
    type === 'float32' || type === 'int64' || type === 'int32' || type === 'uint8' || type === 'bool'
  const readable =
    data instanceof Float32Array ||
    data instanceof BigInt64Array ||
    data instanceof Int32Array ||
    data instanceof Uint8Array
  if (!known || !readable) throw new Error(`output ${name} is of type ${type}`)
  return { dtype: type, shape: dims, data }
}
