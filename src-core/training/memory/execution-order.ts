import type { GraphNode, TensorGraph } from '../../tensor-graph/types.ts'

/**
 * The order in which onnxruntime runs the nodes of a graph: from the last node that nobody reads, depth first along the
 * inputs, the later input first. It is another order than that of the graph, and decides how long values are kept.
 * Source: onnxruntime, core/graph/graph.cc, `Graph::ReverseDFSFrom` as `GraphViewer` calls it.
 */
export function onnxExecutionOrder({ nodes }: TensorGraph): GraphNode[] {
  const inputs = inputNodes(nodes)
  const read = new Set(inputs.flat())
  const stack: { readonly index: number; readonly isDone: boolean }[] = []
  for (const index of nodes.keys()) if (!read.has(index)) stack.push({ index, isDone: false })
  const visited = new Uint8Array(nodes.length)
  const order: GraphNode[] = []
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    const { index, isDone } = entry
    const node = nodes[index]
    if (isDone && node) order.push(node)
    if (isDone || visited[index]) continue
    visited[index] = 1
    stack.push({ index, isDone: true })
    for (const input of inputs[index] ?? []) if (!visited[input]) stack.push({ index: input, isDone: false })
  }
  return order
}

/** By node, the indices of the nodes that compute its inputs, in ascending order. */
function inputNodes(nodes: readonly GraphNode[]): number[][] {
  const producers = new Map<string, number>()
  for (const [index, node] of nodes.entries()) {
    for (const output of node.outputs) producers.set(output.name, index)
  }
  return nodes.map((node) => {
    const found = node.inputs.flatMap((input) => (input ? (producers.get(input.name) ?? []) : []))
    return [...new Set(found)].sort((a, b) => a - b)
  })
}
