import {
  type ConstantTensor,
  elementCount,
  type GraphNode,
  type TensorGraph,
  type TensorValue,
} from '../../tensor-graph/types.ts'

const elementBytes = { float32: 4, float16: 2, int64: 8, int32: 4, uint8: 1, bool: 1 } as const

/** Bytes of one tensor. */
export function tensorBytes({ dtype, shape }: Pick<TensorValue, 'dtype' | 'shape'>): number {
  return elementCount(shape) * elementBytes[dtype]
}

/** What one run of a graph keeps in memory, in bytes. */
export interface GraphMemory {
  /** What is fed: batches, noise, weights and slots. */
  readonly inputs: number
  readonly constants: number
  readonly outputs: number
  /** The most that computed values take at one moment, outputs among them. */
  readonly peak: number
}

/** Operators whose result is their first input under another shape: they take no memory of their own. */
const views = new Set(['Identity', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten'])

/** Operators that may write their result over an input that nobody reads after them. */
const inPlace = new Set([
  'Abs',
  'Add',
  'Ceil',
  'Clip',
  'Cast',
  'Div',
  'Elu',
  'Erf',
  'Exp',
  'Floor',
  'LeakyRelu',
  'Log',
  'LogSoftmax',
  'Max',
  'Min',
  'Mul',
  'Neg',
  'Not',
  'Pow',
  'Reciprocal',
  'Relu',
  'Round',
  'Selu',
  'Sigmoid',
  'Sign',
  'Softmax',
  'Softplus',
  'Softsign',
  'Sqrt',
  'Sub',
  'Tanh',
])

/**
 * Follows a run of the graph in the given order: every value lives from the node that computes it to the last one that
 * reads it.
 */
export function graphMemory(graph: TensorGraph, order: readonly GraphNode[] = graph.nodes): GraphMemory {
  return {
    inputs: sum(graph.inputs.map(tensorBytes)),
    constants: sum(graph.constants.map(({ value }: ConstantTensor) => tensorBytes(value))),
    outputs: sum(graph.outputs.map(({ value }) => tensorBytes(value))),
    peak: new LiveValues(graph, order).peak(),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** A piece of memory, and how many readers of the values in it are still to come. */
interface Buffer {
  readonly bytes: number
  readers: number
}

/** Memory of the values of a graph while its nodes run one after the other. */
class LiveValues {
  readonly #order: readonly GraphNode[]
  readonly #readers = new Map<string, number>()
  readonly #buffers = new Map<string, Buffer>()
  #live = 0
  #peak = 0

  constructor(graph: TensorGraph, order: readonly GraphNode[]) {
    this.#order = order
    const read = (name: string) => this.#readers.set(name, (this.#readers.get(name) ?? 0) + 1)
    for (const { inputs } of order) for (const input of inputs) if (input) read(input.name)
    // An output is read when all is done.
    for (const { value } of graph.outputs) read(value.name)
  }

  peak(): number {
    for (const node of this.#order) {
      for (const output of node.outputs) this.#place(node, output)
      for (const input of node.inputs) if (input) this.#release(input.name)
      for (const output of node.outputs) if (!this.#readers.has(output.name)) this.#drop(output.name)
    }
    return this.#peak
  }

  #place(node: GraphNode, output: TensorValue): void {
    const readers = this.#readers.get(output.name) ?? 0
    const shared = this.#sharedBuffer(node, output)
    if (shared) {
      shared.readers += readers
      this.#buffers.set(output.name, shared)
      return
    }
    const buffer = { bytes: tensorBytes(output), readers }
    this.#buffers.set(output.name, buffer)
    this.#live += buffer.bytes
    this.#peak = Math.max(this.#peak, this.#live)
  }

  #sharedBuffer(node: GraphNode, output: TensorValue): Buffer | undefined {
    const [first] = node.inputs
    if (views.has(node.operator)) return first && this.#buffers.get(first.name)
    if (!inPlace.has(node.operator)) return undefined
    const bytes = tensorBytes(output)
    const free = node.inputs.find((input) => {
      const buffer = input && this.#buffers.get(input.name)
      if (!input || !buffer || buffer.bytes !== bytes) return false
      return buffer.readers === node.inputs.filter((other) => other?.name === input.name).length
    })
    return free && this.#buffers.get(free.name)
  }

  #release(name: string): void {
    const buffer = this.#buffers.get(name)
    if (!buffer) return
    buffer.readers -= 1
    if (buffer.readers === 0) this.#live -= buffer.bytes
  }

  #drop(name: string): void {
    const buffer = this.#buffers.get(name)
    if (buffer && buffer.readers === 0) this.#live -= buffer.bytes
  }
}
