import { blockedDomain } from '../../../../src-core/tensor-graph/blocked-operators.ts'
import type {
  Attributes,
  ConstantTensor,
  GraphNode,
  TensorGraph,
  TensorValue,
} from '../../../../src-core/tensor-graph/types.ts'

/**
 * Puts onnxruntime's convolutions with blocked channels in the place of those that gain by it. onnxruntime does so
 * itself where kernels are constants; in a training graph they are inputs, and their order must be changed in the graph.
 * Images are put in blocks before, and out of them after, unless both sides can do without. Results are those of the
 * given graph but for the order in which products are added up. What was measured: docs/decisions/gradient-formulations.md.
 * @param block channels in a block, which depends on the processor; 0 where there are no such convolutions
 */
export function withBlockedChannels(graph: TensorGraph, block: number): TensorGraph {
  if (block === 0) return graph
  const plan = planLayout(graph, block)
  return plan.blocked.size === 0 ? graph : new LayoutWriter(graph, block, plan).write()
}

interface LayoutPlan {
  /** Nodes that get a counterpart. */
  readonly blocked: ReadonlySet<GraphNode>
  /** A convolution's Relu that becomes part of it, by the name of the convolution's result. */
  readonly activations: ReadonlyMap<string, GraphNode>
  /** Names of values that something reads in plain order. */
  readonly plain: ReadonlySet<string>
}

function planLayout(graph: TensorGraph, block: number): LayoutPlan {
  const readers = readersOf(graph)
  const results = new Set(graph.outputs.map(({ value }) => value.name))
  const blocked = new Set<GraphNode>()
  const activations = new Map<string, GraphNode>()
  const inBlocks = new Set<string>()
  for (const node of graph.nodes) {
    const [input] = node.inputs
    const [output] = node.outputs
    if (!input || !output) continue
    if (isPlainMaxPool(node) ? !inBlocks.has(input.name) : !gainsByBlocks(node, block)) continue
    blocked.add(node)
    inBlocks.add(output.name)
    const [reader, ...others] = readers.get(output.name) ?? []
    if (node.operator !== 'Conv' || reader?.operator !== 'Relu') continue
    if (others.length > 0 || results.has(output.name)) continue
    activations.set(output.name, reader)
    for (const { name } of reader.outputs) inBlocks.add(name)
  }
  const fused = new Set(activations.values())
  const read = graph.nodes
    .filter((node) => !fused.has(node))
    .flatMap((node) => (blocked.has(node) ? node.inputs.slice(1) : node.inputs))
  const plain = new Set([...results, ...read.flatMap((value) => (value ? [value.name] : []))])
  return { blocked, activations, plain }
}

function readersOf(graph: TensorGraph): ReadonlyMap<string, readonly GraphNode[]> {
  const readers = new Map<string, GraphNode[]>()
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      if (!input) continue
      const known = readers.get(input.name)
      if (known) known.push(node)
      else readers.set(input.name, [node])
    }
  }
  return readers
}

/** Results per kernel element from which on putting the kernel in blocks costs less than it saves. */
const fewestResults = 1000

/** Kernels of one element need no unfolding in the plain layout either, and gain nothing. */
function gainsByBlocks({ operator, domain, inputs, outputs, attributes }: GraphNode, block: number): boolean {
  if (operator !== 'Conv' || domain !== '' || (attributes.group ?? 1) !== 1) return false
  if (inputs[0]?.dtype !== 'float32' || (attributes.auto_pad ?? 'NOTSET') !== 'NOTSET') return false
  const [filters = 0, channels = 0, height = 0, width = 0, ...more] = inputs[1]?.shape ?? []
  const [batch = 0, , rows = 0, columns = 0] = outputs[0]?.shape ?? []
  return (
    more.length === 0 &&
    height * width >= 4 &&
    batch * rows * columns >= fewestResults &&
    filters % block === 0 &&
    (channels % block === 0 || channels < block)
  )
}

function isPlainMaxPool({ operator, outputs, attributes }: GraphNode): boolean {
  return operator === 'MaxPool' && outputs.length === 1 && (attributes.ceil_mode ?? 0) === 0
}

class LayoutWriter {
  readonly #graph: TensorGraph
  readonly #block: number
  readonly #plan: LayoutPlan
  readonly #nodes: GraphNode[] = []
  readonly #constants: ConstantTensor[]
  readonly #shapes = new Map<string, TensorValue>()
  /** Counterparts of values in blocks, by the name of the value. */
  readonly #blocks = new Map<string, TensorValue>()

  constructor(graph: TensorGraph, block: number, plan: LayoutPlan) {
    this.#graph = graph
    this.#block = block
    this.#plan = plan
    this.#constants = [...graph.constants]
  }

  write(): TensorGraph {
    const { activations, blocked } = this.#plan
    const fused = new Set(activations.values())
    for (const node of this.#graph.nodes) {
      if (blocked.has(node)) this.#writeBlocked(node)
      else if (!fused.has(node)) this.#nodes.push(node)
    }
    return { ...this.#graph, nodes: this.#nodes, constants: this.#constants }
  }

  #writeBlocked(node: GraphNode): void {
    const [input, kernel, bias] = node.inputs
    const [output] = node.outputs
    if (!input || !output) throw new Error(`${node.name} lacks an input or an output`)
    if (node.operator === 'MaxPool') {
      const { kernel_shape, strides, dilations, pads } = node.attributes
      this.#result(
        node.name,
        'MaxPool',
        [this.#inBlocks(input)],
        output,
        defined({ kernel_shape, strides, dilations, pads }),
      )
      return
    }
    if (!kernel) throw new Error(`${node.name} has no kernel`)
    const activation = this.#plan.activations.get(output.name)
    const { strides, dilations, pads } = node.attributes
    const attributes = defined({ strides, dilations, pads, ...(activation && { activation: 'Relu' }) })
    // A picture of fewer channels than a block is read as it is.
    const image = (input.shape[1] ?? 0) < this.#block ? input : this.#inBlocks(input)
    const inputs = [image, this.#kernelInBlocks(node.name, kernel), ...(bias ? [bias] : [])]
    this.#result(node.name, 'Conv', inputs, activation?.outputs[0] ?? output, attributes)
  }

  /** Adds a node with blocked result, and the way back where somebody needs it. */
  #result(
    name: string,
    operator: string,
    inputs: readonly TensorValue[],
    output: TensorValue,
    attributes: Attributes,
  ): void {
    const result = this.#add(
      name,
      operator,
      blockedDomain,
      inputs,
      `${output.name}/blocks`,
      output.shape,
      attributes,
    )
    this.#blocks.set(output.name, result)
    if (!this.#plan.plain.has(output.name)) return
    const channels = output.shape[1] ?? 0
    this.#nodes.push({
      name: `${name}/plain`,
      operator: 'ReorderOutput',
      domain: blockedDomain,
      inputs: [result],
      outputs: [output],
      attributes: { channels },
    })
  }

  #inBlocks(value: TensorValue): TensorValue {
    const known = this.#blocks.get(value.name)
    if (known) return known
    const name = `${value.name}/blocks`
    const result = this.#add(name, 'ReorderInput', blockedDomain, [value], name, value.shape, {})
    this.#blocks.set(value.name, result)
    return result
  }

  /**
   * [filters, channels, h, w] as [filters / block, channels / block, h, w, block of channels, block of filters]. In two
   * turns of few axes: one of all axes takes five times as long.
   */
  #kernelInBlocks(name: string, kernel: TensorValue): TensorValue {
    const [filters = 0, channels = 0, height = 0, width = 0] = kernel.shape
    const elements = height * width
    const block = this.#block
    const filtersLast = this.#turn(
      `${name}/filters`,
      kernel,
      [filters / block, block, channels * elements],
      [0, 2, 1],
    )
    if (channels < block) return this.#reshape(`${name}/kernel`, filtersLast, kernel.shape)
    const blocks = [(filters * channels) / block ** 2, block, elements, block]
    const inBlocks = this.#turn(`${name}/channels`, filtersLast, blocks, [0, 2, 1, 3])
    return this.#reshape(`${name}/kernel`, inBlocks, kernel.shape)
  }

  /** Reads a value as of this shape and transposes it. */
  #turn(name: string, value: TensorValue, shape: readonly number[], perm: readonly number[]): TensorValue {
    const read = this.#reshape(`${name}/read`, value, shape)
    const turned = perm.map((axis) => shape[axis] ?? 1)
    return this.#add(name, 'Transpose', '', [read], name, turned, { perm })
  }

  #reshape(name: string, value: TensorValue, shape: readonly number[]): TensorValue {
    return this.#add(name, 'Reshape', '', [value, this.#shape(shape)], name, shape, {})
  }

  #shape(sizes: readonly number[]): TensorValue {
    const key = sizes.join('x')
    const known = this.#shapes.get(key)
    if (known) return known
    const value: TensorValue = { name: `blocks/shape/${key}`, dtype: 'int64', shape: [sizes.length] }
    this.#constants.push({ value, data: BigInt64Array.from(sizes, BigInt) })
    this.#shapes.set(key, value)
    return value
  }

  #add(
    name: string,
    operator: string,
    domain: string,
    inputs: readonly TensorValue[],
    result: string,
    shape: readonly number[],
    attributes: Attributes,
  ): TensorValue {
    const output: TensorValue = { name: result, dtype: 'float32', shape }
    this.#nodes.push({ name, operator, domain, inputs, outputs: [output], attributes })
    return output
  }
}

function defined(attributes: Readonly<Record<string, Attributes[string] | undefined>>): Attributes {
  const entries = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return Object.fromEntries(entries)
}
