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

/** How often a value is read, and where it lies once it is computed. */
interface LiveValue {
  readers: number
  buffer: Buffer | undefined
}

/** Memory of the values of a graph while its nodes run one after the other. */
class LiveValues {
  readonly #order: readonly GraphNode[]
  readonly #values = new Map<string, LiveValue>()
  #live = 0
  #peak = 0

  constructor(graph: TensorGraph, order: readonly GraphNode[]) {
    this.#order = order
    for (const { inputs } of order)
      for (const input of inputs) if (input) this.#value(input.name).readers += 1
    // An output is read when all is done.
    for (const { value } of graph.outputs) this.#value(value.name).readers += 1
  }

  peak(): number {
    for (const node of this.#order) {
      for (const output of node.outputs) this.#place(node, output)
      for (const input of node.inputs) if (input) this.#release(input.name)
      for (const output of node.outputs) this.#dropUnread(output.name)
    }
    return this.#peak
  }

  #value(name: string): LiveValue {
    const known = this.#values.get(name)
    if (known) return known
    const value = { readers: 0, buffer: undefined }
    this.#values.set(name, value)
    return value
  }

  #place(node: GraphNode, output: TensorValue): void {
    const value = this.#value(output.name)
    const bytes = tensorBytes(output)
    const shared = this.#sharedBuffer(node, bytes)
    if (shared) {
      shared.readers += value.readers
      value.buffer = shared
      return
    }
    value.buffer = { bytes, readers: value.readers }
    this.#live += bytes
    this.#peak = Math.max(this.#peak, this.#live)
  }

  #sharedBuffer({ operator, inputs: [first], inputs }: GraphNode, bytes: number): Buffer | undefined {
    if (views.has(operator)) return first && this.#values.get(first.name)?.buffer
    if (!inPlace.has(operator)) return undefined
    for (const input of inputs) {
      const buffer = input && this.#values.get(input.name)?.buffer
      if (!buffer || buffer.bytes !== bytes) continue
      const reads = inputs.reduce((count, other) => (other?.name === input.name ? count + 1 : count), 0)
      if (buffer.readers === reads) return buffer
    }
    return undefined
  }

  #release(name: string): void {
    const buffer = this.#values.get(name)?.buffer
    if (!buffer) return
    buffer.readers -= 1
    if (buffer.readers === 0) this.#live -= buffer.bytes
  }

  #dropUnread(name: string): void {
    const value = this.#values.get(name)
    if (value?.readers === 0 && value.buffer?.readers === 0) this.#live -= value.buffer.bytes
  }
}
