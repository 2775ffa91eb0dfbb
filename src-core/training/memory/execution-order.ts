import type { GraphNode, TensorGraph } from '../../tensor-graph/types.ts'

/**
 * The order in which onnxruntime runs the nodes of a graph: from the last node that nobody reads, depth first along the
 * inputs, the later input first. It is another order than that of the graph, and decides how long values are kept.
 * Source: onnxruntime, core/graph/graph.cc, `Graph::ReverseDFSFrom` as `GraphViewer` calls it.
 */
export function onnxExecutionOrder({ nodes }: TensorGraph): GraphNode[] {
  const inputs = inputNodes(nodes)
  const read = new Uint8Array(nodes.length)
  for (const indices of inputs) for (const index of indices) read[index] = 1
  // Below zero (~index): everything before the node is in the order.
  const stack: number[] = []
  for (let index = 0; index < nodes.length; index++) if (!read[index]) stack.push(index)
  const visited = new Uint8Array(nodes.length)
  const order: GraphNode[] = []
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    const node = nodes[~entry]
    if (node) order.push(node)
    if (entry < 0 || visited[entry]) continue
    visited[entry] = 1
    stack.push(~entry)
    for (const input of inputs[entry] ?? []) if (!visited[input]) stack.push(input)
  }
  return order
}

/** By node, the indices of the nodes that compute its inputs, in ascending order. */
function inputNodes(nodes: readonly GraphNode[]): number[][] {
  const producers = new Map<string, number>()
  nodes.forEach((node, index) => {
    for (const output of node.outputs) producers.set(output.name, index)
  })
  return nodes.map((node) => {
    const found: number[] = []
    for (const input of node.inputs) {
      const producer = input && producers.get(input.name)
      if (producer !== undefined && !found.includes(producer)) found.push(producer)
    }
    return found.length > 1 ? found.sort((a, b) => a - b) : found
  })
}
