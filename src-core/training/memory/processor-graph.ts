import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import type { DataType, GraphNode, TensorGraph, TensorValue } from '../../tensor-graph/types.ts'

/** Operators that onnxruntime's CPU provider computes in float16 (1.30 on x64); around all others it casts. */
const halfKernels: ReadonlySet<string> = new Set([
  ...['Identity', 'Reshape', 'Transpose', 'Flatten', 'Squeeze', 'Unsqueeze', 'Concat', 'Split', 'Slice'],
  ...['Expand', 'Gather', 'GatherElements', 'GatherND'],
])

/**
 * A mixed precision graph as onnxruntime's CPU provider runs it: what it has no float16 kernel for is computed in float32,
 * casts are put where the two kinds of kernels meet, and casts back and forth are left out. Graphs without float16 are
 * returned as they are.
 * Source: onnxruntime, core/optimizer/insert_cast_transformer.cc.
 */
export function processorGraph(graph: TensorGraph): TensorGraph {
  const isMixed = graph.nodes.some(({ outputs }) => outputs.some(isHalf))
  return isMixed ? new ProcessorGraph(graph).write() : graph
}

function isHalf(value: TensorValue | undefined): boolean {
  return value?.dtype === 'float16'
}

type FloatType = 'float32' | 'float16'

function isFloatType(dtype: DataType): dtype is FloatType {
  return dtype === 'float16' || dtype === 'float32'
}

class ProcessorGraph {
  readonly #graph: TensorGraph
  readonly #producers = new Map<string, GraphNode>()
  readonly #readers = new Map<string, GraphNode[]>()
  readonly #inFloat = new Set<GraphNode>()
  /** What holds a value, by its name and type. */
  readonly #forms = new Map<string, TensorValue>()
  readonly #casts = new Map<string, TensorValue>()
  readonly #nodes: GraphNode[] = []

  constructor(graph: TensorGraph) {
    this.#graph = graph
    for (const node of graph.nodes) {
      for (const { name } of node.outputs) this.#producers.set(name, node)
      for (const input of node.inputs) if (input) this.#addReader(input.name, node)
      if (lacksKernel(node)) this.#inFloat.add(node)
    }
  }

  write(): TensorGraph {
    const { nodes, constants, inputs, outputs } = this.#graph
    for (const node of nodes) if (this.#isIsolated(node)) this.#inFloat.add(node)
    for (const value of [...inputs, ...constants.map(({ value }) => value)]) this.#hold(value, value)
    for (const node of nodes) {
      const [output] = node.outputs
      if (node.operator === 'Cast' && output && isFloatType(output.dtype)) this.#writeCast(node, output)
      else this.#writeNode(node)
    }
    const read = outputs.map((output) => ({ ...output, value: this.#read(output.value, output.value.dtype) }))
    return { ...this.#graph, nodes: this.#nodes, outputs: read }
  }

  #addReader(name: string, node: GraphNode): void {
    const known = this.#readers.get(name)
    if (known) known.push(node)
    else this.#readers.set(name, [node])
  }

  /** Between nodes that compute in float32, a kernel that could do float16 is not used either. */
  #isIsolated({ operator, inputs, outputs }: GraphNode): boolean {
    const halves = inputs.flatMap((input) => (input && isHalf(input) ? [input] : []))
    if (operator === 'Cast' || halves.length === 0) return false
    const computesInFloat = (node: GraphNode | undefined) => node !== undefined && this.#inFloat.has(node)
    return (
      halves.every(({ name }) => computesInFloat(this.#producers.get(name))) &&
      outputs.every(({ name }) => this.#readers.get(name)?.every(computesInFloat) ?? false)
    )
  }

  #writeNode(node: GraphNode): void {
    const computesFloat = this.#inFloat.has(node)
    const inputs = node.inputs.map(
      (input) => input && this.#read(input, computesFloat && isHalf(input) ? 'float32' : input.dtype),
    )
    const outputs = node.outputs.map((value): TensorValue => {
      const held: TensorValue = computesFloat && isHalf(value) ? { ...value, dtype: 'float32' } : value
      this.#hold(value, held)
      return held
    })
    this.#nodes.push({ ...node, inputs, outputs })
  }

  /** Casts between float types are written where something reads the result. */
  #writeCast(node: GraphNode, output: TensorValue): void {
    const [input] = node.inputs
    if (!input || !isFloatType(input.dtype)) {
      this.#nodes.push(node)
      this.#hold(output, output)
      return
    }
    for (const dtype of ['float32', 'float16'] as const) {
      const form = this.#forms.get(key(input.name, dtype))
      if (form) this.#hold(output, form)
    }
  }

  #hold({ name }: TensorValue, held: TensorValue): void {
    this.#forms.set(key(name, held.dtype), held)
  }

  #read(value: TensorValue, dtype: DataType): TensorValue {
    const known = this.#forms.get(key(value.name, dtype))
    if (known) return known
    const other = this.#forms.get(key(value.name, dtype === 'float32' ? 'float16' : 'float32'))
    if (!other || !isFloatType(dtype)) throw new Error(`nothing has computed ${value.name}`)
    const cast = this.#cast(other, dtype)
    this.#hold(value, cast)
    return cast
  }

  #cast(input: TensorValue, dtype: FloatType): TensorValue {
    const name = `${input.name}/as/${dtype}`
    const known = this.#casts.get(name)
    if (known) return known
    const cast: TensorValue = { name, dtype, shape: input.shape }
    this.#casts.set(name, cast)
    const attributes = { to: dataTypeCodes[dtype] }
    this.#nodes.push({ name, operator: 'Cast', domain: '', inputs: [input], outputs: [cast], attributes })
    return cast
  }
}

function lacksKernel({ operator, inputs, outputs }: GraphNode): boolean {
  if (operator === 'Cast' || halfKernels.has(operator)) return false
  return inputs.some(isHalf) || outputs.some(isHalf)
}

function key(name: string, dtype: DataType): string {
  return `${dtype} ${name}`
}
