import { GraphBuilder } from '../../../../src-core/tensor-graph/graph-builder.ts'
import {
  type Attributes,
  type DataType,
  elementCount,
  type Shape,
  type TensorValue,
} from '../../../../src-core/tensor-graph/types.ts'

/** One way to use an operator. Shapes and elements are drawn from the graph's seeded generator. */
export interface OperatorCase {
  readonly operator: string
  readonly label: string
  /** Drawn less often, because it takes long in plain loops. */
  readonly large?: boolean
  readonly build: (graph: CaseGraph) => readonly TensorValue[] | TensorValue
}

/** A graph under construction together with random data for its inputs. */
export class CaseGraph {
  readonly builder = new GraphBuilder('case')
  readonly feeds: Record<string, number[]> = {}
  /** The float inputs whose gradients are checked. */
  readonly variables: TensorValue[] = []
  #state: number

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 12345) >>> 0
  }

  /** Uniform in [0, 1): mulberry32. */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  integer(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1))
  }

  pick<T>(options: readonly [T, ...T[]]): T {
    return options[this.integer(0, options.length - 1)] ?? options[0]
  }

  /** A shape of `rank` axes of 1 to 4. */
  shape(rank: number): number[] {
    return Array.from({ length: rank }, () => this.integer(1, 4))
  }

  /** Random axes of a shape, at least one. */
  someAxes(rank: number): number[] {
    const chosen = Array.from({ length: rank }, (_, axis) => axis).filter(() => this.random() < 0.5)
    return chosen.length > 0 ? chosen : [this.integer(0, rank - 1)]
  }

  input(dtype: DataType, shape: Shape, element: () => number): TensorValue {
    const value = this.builder.input(`${dtype}${Object.keys(this.feeds).length}`, dtype, shape)
    this.feeds[value.name] = Array.from({ length: elementCount(shape) }, () => Math.fround(element()))
    return value
  }

  /** A float input whose gradient is checked, uniform in [low, high). */
  float(shape: Shape, low = -2, high = 2): TensorValue {
    const value = this.input('float32', shape, () => low + this.random() * (high - low))
    this.variables.push(value)
    return value
  }

  /** Floats of either sign that keep away from 0, where many functions have a kink. */
  awayFromZero(shape: Shape, high = 2): TensorValue {
    const value = this.input(
      'float32',
      shape,
      () => (this.random() < 0.5 ? -1 : 1) * (0.1 + this.random() * (high - 0.1)),
    )
    this.variables.push(value)
    return value
  }

  /** Floats of which no two are closer than 1 / 16, so that maxima stay where they are. */
  distinct(shape: Shape): TensorValue {
    const ranks = Array.from({ length: elementCount(shape) }, (_, index) => index)
    for (let at = ranks.length - 1; at > 0; at--) {
      const other = this.integer(0, at)
      const held = ranks[at] ?? 0
      ranks[at] = ranks[other] ?? 0
      ranks[other] = held
    }
    const middle = Math.floor(ranks.length / 2)
    const value = this.input('float32', shape, () => ((ranks.pop() ?? 0) - middle + 0.5) / 16)
    this.variables.push(value)
    return value
  }

  /** Whole numbers from low to high, both included. */
  integers(shape: Shape, low: number, high: number, dtype: DataType = 'int64'): TensorValue {
    return this.input(dtype, shape, () => this.integer(low, high))
  }

  truths(shape: Shape): TensorValue {
    return this.input('bool', shape, () => (this.random() < 0.5 ? 0 : 1))
  }

  apply(
    operator: string,
    inputs: readonly (TensorValue | undefined)[],
    attributes: Attributes = {},
  ): TensorValue {
    return this.builder.apply(operator, inputs, attributes)
  }

  /** Two shapes that broadcast against each other in some way. */
  broadcastPair(): [number[], number[]] {
    const full = this.shape(this.integer(1, 3))
    const loosen = (shape: number[]) => shape.map((size) => (this.random() < 0.35 ? 1 : size))
    const shorten = (shape: number[]) => shape.slice(this.integer(0, shape.length))
    return this.random() < 0.5 ? [loosen(full), shorten(loosen(full))] : [shorten(loosen(full)), loosen(full)]
  }
}
