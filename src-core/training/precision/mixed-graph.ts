import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import { toHalves } from '../../tensor-graph/float16.ts'
import { inferOperator } from '../../tensor-graph/operator-table.ts'
import type {
  ConstantTensor,
  DataType,
  GraphNode,
  TensorData,
  TensorGraph,
  TensorValue,
} from '../../tensor-graph/types.ts'

type FloatType = 'float32' | 'float16'

interface Held {
  readonly value: TensorValue
  readonly free: boolean
}

/**
 * A graph under conversion: every value of the original has a counterpart, which may be float16, and is cast once to the
 * other type where something asks for it. Constants are rounded here and not when the graph runs.
 */
export class MixedGraph {
  readonly #graph: TensorGraph
  readonly #held = new Map<string, Held>()
  readonly #casts = new Map<string, TensorValue>()
  readonly #constants = new Map<string, ConstantTensor>()
  readonly #nodes: GraphNode[] = []

  constructor(graph: TensorGraph) {
    this.#graph = graph
    for (const constant of graph.constants) this.#constants.set(constant.value.name, constant)
  }

  /** Says what a value of the original is; one that is not declared cannot be read. */
  declare(
    original: TensorValue,
    { free, dtype = original.dtype }: { free: boolean; dtype?: DataType },
  ): void {
    this.#held.set(original.name, { value: { ...original, dtype }, free })
  }

  isFloat({ dtype }: TensorValue): boolean {
    return dtype === 'float32' || dtype === 'float16'
  }

  isHalf(original: TensorValue | undefined): boolean {
    return original !== undefined && this.#find(original).value.dtype === 'float16'
  }

  isFree(original: TensorValue): boolean {
    return this.#find(original).free
  }

  isConstant({ name }: TensorValue): boolean {
    return this.#constants.has(name)
  }

  /** A float32 zero, free. */
  zero(): TensorValue {
    const value: TensorValue = { name: 'mixedPrecision/zero', dtype: 'float32', shape: [] }
    if (!this.#constants.has(value.name)) {
      this.#constants.set(value.name, { value, data: Float32Array.of(0) })
      this.declare(value, { free: true })
    }
    return value
  }

  /** Adds a node that reads all its floating point inputs in one type. Returns its outputs. */
  add(node: GraphNode, type: FloatType): readonly TensorValue[] {
    const inputs = node.inputs.map((input) => input && this.#read(input, type))
    const inferred = inferOperator(node.operator, inputs, node.attributes, node.outputs.length, (value) =>
      this.#data(value),
    )
    const outputs = node.outputs.map((output, index): TensorValue => {
      const found = inferred.outputs[index]
      if (found?.shape.join() !== output.shape.join()) {
        throw new Error(`${node.name} changed its shape under mixed precision`)
      }
      return { ...output, dtype: found.dtype }
    })
    this.#nodes.push({ ...node, inputs, outputs })
    return outputs
  }

  /** The finished graph, with the original's inputs and outputs, and only the constants that are read. */
  build(): TensorGraph {
    const outputs = this.#graph.outputs.map(({ name, value }) => ({
      name,
      value: this.#read(value, 'float32'),
    }))
    const read = new Set([
      ...this.#nodes.flatMap((node) => node.inputs.flatMap((input) => (input ? [input.name] : []))),
      ...outputs.map(({ value }) => value.name),
    ])
    const constants = [...this.#constants.values()].filter(({ value }) => read.has(value.name))
    return { ...this.#graph, constants, nodes: this.#nodes, outputs }
  }

  #find({ name }: TensorValue): Held {
    const held = this.#held.get(name)
    if (!held) throw new Error(`nothing has computed ${name}`)
    return held
  }

  #data({ name }: TensorValue): TensorData | undefined {
    return this.#constants.get(name)?.data
  }

  #read(original: TensorValue, type: FloatType): TensorValue {
    const { value } = this.#find(original)
    if (!this.isFloat(value) || value.dtype === type) return value
    const name = `${value.name}/${type}`
    const known = this.#casts.get(name)
    if (known) return known
    const cast: TensorValue = { name, dtype: type, shape: value.shape }
    this.#casts.set(name, cast)
    const data = this.#data(value)
    if (data instanceof Float32Array) {
      this.#constants.set(name, { value: cast, data: toHalves(data) })
    } else {
      const attributes = { to: dataTypeCodes[type] }
      this.#nodes.push({ name, operator: 'Cast', domain: '', inputs: [value], outputs: [cast], attributes })
    }
    return cast
  }
}
