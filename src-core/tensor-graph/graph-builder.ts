import { inferOperator } from './operator-table.ts'
import {
  type Attributes,
  type ConstantTensor,
  type DataType,
  elementCount,
  type GraphNode,
  type GraphOutput,
  type Shape,
  type TensorData,
  type TensorGraph,
  type TensorValue,
} from './types.ts'

/**
 * Builds a TensorGraph node by node, inferring dtype and shape of every output from the operator table.
 * Equal scalar and small integer constants are shared. Node and value names are unique and carry the current scope.
 */
export class GraphBuilder {
  readonly #name: string
  readonly #inputs: TensorValue[] = []
  readonly #constants: ConstantTensor[] = []
  readonly #constantByName = new Map<string, ConstantTensor>()
  readonly #sharedConstants = new Map<string, TensorValue>()
  readonly #nodes: GraphNode[] = []
  readonly #outputs: GraphOutput[] = []
  readonly #usedNames = new Map<string, number>()
  readonly #producers = new Map<string, GraphNode>()
  readonly #detached = new Set<string>()
  /** What names begin with: the scopes that are open, each followed by a slash. */
  #prefix = ''

  constructor(name: string) {
    this.#name = name
  }

  /** Nodes added so far, in execution order. */
  get nodes(): readonly GraphNode[] {
    return this.#nodes
  }

  /** Declares a graph input with exactly this name. Throws when the name is taken. */
  input(name: string, dtype: DataType, shape: Shape): TensorValue {
    if (this.#usedNames.has(name)) throw new Error(`the graph already has a value named "${name}"`)
    this.#usedNames.set(name, 0)
    const value = { name, dtype, shape }
    this.#inputs.push(value)
    return value
  }

  /** Adds a constant tensor; `data` must hold exactly the elements of `shape`. */
  constant(dtype: DataType, shape: Shape, data: TensorData, hint = 'constant'): TensorValue {
    if (data.length !== elementCount(shape)) {
      throw new Error(`constant "${hint}" of shape [${shape.join(', ')}] got ${data.length} elements`)
    }
    const shareable = data.length <= mostShared
    const key = shareable ? sharingKey(dtype, shape, data) : ''
    const known = shareable ? this.#sharedConstants.get(key) : undefined
    if (known) return known
    const value = { name: this.#scoped(hint), dtype, shape }
    const constant = { value, data }
    this.#constants.push(constant)
    this.#constantByName.set(value.name, constant)
    if (shareable) this.#sharedConstants.set(key, value)
    return value
  }

  /** A float32 scalar constant. */
  scalar(x: number): TensorValue {
    return this.constant('float32', [], Float32Array.of(x), 'scalar')
  }

  /** A one-dimensional int64 constant: the form in which ONNX takes shapes, axes and sizes. */
  integers(values: readonly number[]): TensorValue {
    const shape = [values.length]
    // Most are known already: looked up before BigInts are made.
    const known =
      values.length <= mostShared ? this.#sharedConstants.get(sharingKey('int64', shape, values)) : undefined
    return known ?? this.constant('int64', shape, BigInt64Array.from(values, BigInt), 'integers')
  }

  /** The elements of a constant of this graph, or `undefined` when the value is computed. */
  readonly constantData = (value: TensorValue): TensorData | undefined =>
    this.#constantByName.get(value.name)?.data

  /** Adds one node and returns its first output. See {@link applyMany} for operators with several outputs. */
  apply(
    operator: string,
    inputs: readonly (TensorValue | undefined)[],
    attributes: Attributes = {},
  ): TensorValue {
    const [first] = this.applyMany(operator, inputs, attributes, 1)
    if (!first) throw new Error(`operator ${operator} has no output`)
    return first
  }

  /** Adds one node with `outputCount` outputs. Throws when the operator refuses the inputs: that is a compiler bug. */
  applyMany(
    operator: string,
    inputs: readonly (TensorValue | undefined)[],
    attributes: Attributes,
    outputCount: number,
  ): TensorValue[] {
    const inferred = inferOperator(operator, inputs, attributes, outputCount, this.constantData)
    const nodeName = this.#scoped(operator)
    const outputs = inferred.outputs.map(({ dtype, shape }, index) => {
      const name = this.#unique(index === 0 ? `${nodeName}_out` : `${nodeName}_out${index}`)
      return { name, dtype, shape }
    })
    const node: GraphNode = { name: nodeName, operator, domain: inferred.domain, inputs, outputs, attributes }
    this.#nodes.push(node)
    for (const output of outputs) this.#producers.set(output.name, node)
    return outputs
  }

  /** The node that computes a value; `undefined` for graph inputs and constants. */
  producer(value: TensorValue): GraphNode | undefined {
    return this.#producers.get(value.name)
  }

  /** The same value, through which no gradient flows back. */
  detached(value: TensorValue): TensorValue {
    const copy = this.apply('Identity', [value])
    this.#detached.add(copy.name)
    return copy
  }

  /** Whether a value was made by {@link detached}. */
  isDetached({ name }: TensorValue): boolean {
    return this.#detached.has(name)
  }

  /** Marks a value as graph output under a public name. */
  output(name: string, value: TensorValue): void {
    if (this.#outputs.some((output) => output.name === name))
      throw new Error(`the graph already has an output "${name}"`)
    this.#outputs.push({ name, value })
  }

  /** Runs `build` with `name` prefixed to every node and value it creates. */
  scope<T>(name: string, build: () => T): T {
    const outer = this.#prefix
    this.#prefix = `${outer}${name}/`
    try {
      return build()
    } finally {
      this.#prefix = outer
    }
  }

  /** The finished graph, without the nodes and constants that no output depends on. */
  build(): TensorGraph {
    const needed = new Set(this.#outputs.map((output) => output.value.name))
    const nodes: GraphNode[] = []
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((output) => needed.has(output.name))) continue
      nodes.push(node)
      for (const input of node.inputs) if (input) needed.add(input.name)
    }
    return {
      name: this.#name,
      inputs: [...this.#inputs],
      constants: this.#constants.filter((constant) => needed.has(constant.value.name)),
      nodes: nodes.reverse(),
      outputs: [...this.#outputs],
    }
  }

  #scoped(name: string): string {
    return this.#unique(this.#prefix + name)
  }

  #unique(name: string): string {
    const count = this.#usedNames.get(name)
    if (count === undefined) {
      this.#usedNames.set(name, 0)
      return name
    }
    this.#usedNames.set(name, count + 1)
    return this.#unique(`${name}_${count + 1}`)
  }
}

/** Constants of more elements are rarely equal, and long to compare. */
const mostShared = 16

/** Equal for equal constants only. Tells −0 from 0, which a text does not. */
function sharingKey(dtype: DataType, shape: Shape, data: TensorData | readonly number[]): string {
  let key = `${dtype}:${shape.join(',')}:`
  for (let index = 0; index < data.length; index++) {
    const element = data[index]
    key += Object.is(element, -0) ? '-0,' : `${element},`
  }
  return key
}
