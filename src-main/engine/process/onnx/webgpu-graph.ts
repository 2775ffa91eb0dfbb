import type {
  ConstantTensor,
  GraphNode,
  TensorGraph,
  TensorValue,
} from '../../../../src-core/tensor-graph/types.ts'
import { mixesGroups, withWholeGroups } from './webgpu-grouped-filters.ts'

/**
 * A shader has a limited number of storage buffers, 8 on every GPU, and onnxruntime's Split takes one for its input and
 * one for each output in a single shader. It fails where they do not suffice.
 */
const mostOutputs = 7

/**
 * The same graph in a form that onnxruntime's WebGPU provider can run: a Split with many outputs becomes a tree of
 * smaller ones. Such Splits take small weights out of the tensor that holds them all. Grouped convolutions that it computes
 * wrongly get filters that make them right.
 */
export function webgpuGraph(graph: TensorGraph): TensorGraph {
  const constants: ConstantTensor[] = []
  const nodes = graph.nodes.flatMap((node) => {
    if (node.operator === 'Split' && node.outputs.length > mostOutputs) return narrowSplit(node, constants)
    return mixesGroups(node) ? withWholeGroups(node, constants) : [node]
  })
  return constants.length === 0 ? graph : { ...graph, nodes, constants: [...graph.constants, ...constants] }
}

function narrowSplit(node: GraphNode, constants: ConstantTensor[]): GraphNode[] {
  const [source] = node.inputs
  if (!source) throw new Error(`the Split ${node.name} has no input`)
  const axis = splitAxis(node, source)
  const sizeOf = (value: TensorValue) => value.shape[axis] ?? 1
  const nodes: GraphNode[] = []
  const split = (name: string, input: TensorValue, outputs: readonly TensorValue[]) => {
    const perPart = Math.ceil(outputs.length / mostOutputs)
    const parts = Array.from({ length: Math.ceil(outputs.length / perPart) }, (_, index) =>
      outputs.slice(index * perPart, (index + 1) * perPart),
    )
    const values = parts.map((part, index) => {
      const [only] = part
      if (part.length === 1 && only) return only
      const size = part.reduce((sum, value) => sum + sizeOf(value), 0)
      return { ...input, name: `${name}/part${index}`, shape: input.shape.with(axis, size) }
    })
    const sizes: TensorValue = { name: `${name}/sizes`, dtype: 'int64', shape: [values.length] }
    constants.push({ value: sizes, data: BigInt64Array.from(values, (value) => BigInt(sizeOf(value))) })
    nodes.push({ ...node, name, inputs: [input, sizes], outputs: values, attributes: { axis } })
    for (const [index, part] of parts.entries()) {
      const value = values[index]
      if (part.length > 1 && value) split(`${name}/part${index}`, value, part)
    }
  }
  split(node.name, source, node.outputs)
  return nodes
}

function splitAxis({ attributes }: GraphNode, { shape }: TensorValue): number {
  const axis = typeof attributes.axis === 'number' ? attributes.axis : 0
  return axis < 0 ? axis + shape.length : axis
}
