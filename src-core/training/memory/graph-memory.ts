import {
  type ConstantTensor,
  elementCount,
  type GraphNode,
  type TensorValue,
} from '../../tensor-graph/types.ts'
import type { NumberedGraph } from './numbered-graph.ts'

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
 * Follows a run of the graph in the given order of its nodes: every value lives from the node that computes it to the last
 * one that reads it.
 */
export function graphMemory(
  numbered: NumberedGraph,
  order: Iterable<number> = numbered.graph.nodes.keys(),
): GraphMemory {
  const { inputs, constants, outputs } = numbered.graph
  return {
    inputs: sum(inputs.map(tensorBytes)),
    constants: sum(constants.map(({ value }: ConstantTensor) => tensorBytes(value))),
    outputs: sum(outputs.map(({ value }) => tensorBytes(value))),
    peak: new LiveValues(numbered).peak(order),
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
  readonly #numbered: NumberedGraph
  /** How often a value is read. */
  readonly #readers: Int32Array
  /** Where a value lies once it is computed. */
  readonly #buffers: (Buffer | undefined)[]
  #live = 0
  #peak = 0

  constructor(numbered: NumberedGraph) {
    this.#numbered = numbered
    this.#readers = new Int32Array(numbered.count)
    this.#buffers = new Array<Buffer | undefined>(numbered.count).fill(undefined)
    for (const values of numbered.inputs) for (const value of values) this.#addReader(value)
    // An output is read when all is done.
    for (const value of numbered.results) this.#addReader(value)
  }

  peak(order: Iterable<number>): number {
    const { graph, inputs, outputs } = this.#numbered
    for (const index of order) {
      const [node, read = [], written = []] = [graph.nodes[index], inputs[index], outputs[index]]
      node?.outputs.forEach((output, place) => {
        this.#place(node, read, tensorBytes(output), written[place] ?? 0)
      })
      for (const value of read) this.#release(value)
      for (const value of written) this.#dropUnread(value)
    }
    return this.#peak
  }

  #addReader(value: number): void {
    this.#readers[value] = this.#readersOf(value) + 1
  }

  #readersOf(value: number): number {
    return this.#readers[value] ?? 0
  }

  #place({ operator, inputs }: GraphNode, read: readonly number[], bytes: number, value: number): void {
    const readers = this.#readersOf(value)
    const shared = views.has(operator)
      ? inputs[0] && this.#bufferOf(read[0])
      : inPlace.has(operator)
        ? this.#freeInput(read, bytes)
        : undefined
    if (shared) {
      shared.readers += readers
      this.#buffers[value] = shared
      return
    }
    this.#buffers[value] = { bytes, readers }
    this.#live += bytes
    this.#peak = Math.max(this.#peak, this.#live)
  }

  #bufferOf(value: number | undefined): Buffer | undefined {
    return value === undefined ? undefined : this.#buffers[value]
  }

  /** Of the size of the result, and read by nobody after this node. */
  #freeInput(read: readonly number[], bytes: number): Buffer | undefined {
    for (const value of read) {
      const buffer = this.#buffers[value]
      if (!buffer || buffer.bytes !== bytes) continue
      let reads = 0
      for (const other of read) if (other === value) reads++
      if (buffer.readers === reads) return buffer
    }
    return undefined
  }

  #release(value: number): void {
    const buffer = this.#buffers[value]
    if (!buffer) return
    buffer.readers -= 1
    if (buffer.readers === 0) this.#live -= buffer.bytes
  }

  #dropUnread(value: number): void {
    const buffer = this.#buffers[value]
    if (this.#readersOf(value) === 0 && buffer?.readers === 0) this.#live -= buffer.bytes
  }
}
