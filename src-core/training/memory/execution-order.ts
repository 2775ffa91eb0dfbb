import type { NumberedGraph } from './numbered-graph.ts'

/**
 * The order in which onnxruntime runs the nodes of a graph, as their indices: from the last node that nobody reads, depth
 * first along the inputs, the later input first. It is another order than that of the graph, and decides how long values
 * are kept.
 * Source: onnxruntime, core/graph/graph.cc, `Graph::ReverseDFSFrom` as `GraphViewer` calls it.
 */
export function onnxExecutionOrder(numbered: NumberedGraph): number[] {
  const inputs = inputNodes(numbered)
  const count = inputs.length
  const read = new Uint8Array(count)
  for (const indices of inputs) for (const index of indices) read[index] = 1
  // Below zero (~index): everything before the node is in the order.
  const stack: number[] = []
  for (let index = 0; index < count; index++) if (!read[index]) stack.push(index)
  const visited = new Uint8Array(count)
  const order: number[] = []
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    if (entry < 0) {
      order.push(~entry)
      continue
    }
    if (visited[entry]) continue
    visited[entry] = 1
    stack.push(~entry)
    for (const input of inputs[entry] ?? []) if (!visited[input]) stack.push(input)
  }
  return order
}

/** By node, the indices of the nodes that compute its inputs, in ascending order. */
function inputNodes({ inputs, producers }: NumberedGraph): number[][] {
  return inputs.map((values) => {
    const found: number[] = []
    for (const value of values) {
      const producer = producers[value] ?? -1
      if (producer >= 0 && !found.includes(producer)) found.push(producer)
    }
    return found.length > 1 ? found.sort((a, b) => a - b) : found
  })
}
