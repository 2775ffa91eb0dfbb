import type { GraphNode, TensorGraph } from '../../tensor-graph/types.ts'

/**
 * A graph whose values have numbers, counted from 0 in the order in which nodes name them: what is asked of thousands of
 * values many times over is then kept in arrays, not looked up by name.
 */
export interface NumberedGraph {
  readonly graph: TensorGraph
  /** How many values there are. */
  readonly count: number
  /** By node, its inputs; omitted ones are left out. */
  readonly inputs: readonly (readonly number[])[]
  /** By node, its outputs. */
  readonly outputs: readonly (readonly number[])[]
  /** By value, the index of the node that computes it; -1 for what is fed and for constants. */
  readonly producers: Int32Array
  /** Of the graph's outputs. */
  readonly results: readonly number[]
}

/** Numbers the values of a graph. */
export function numberValues(graph: TensorGraph): NumberedGraph {
  const numbers = new Map<string, number>()
  const numberOf = (name: string): number => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    const number = numbers.size
    numbers.set(name, number)
    return number
  }
  const inputs = graph.nodes.map((node) => numbersOfInputs(node, numberOf))
  const outputs = graph.nodes.map((node) => node.outputs.map(({ name }) => numberOf(name)))
  const results = graph.outputs.map(({ value }) => numberOf(value.name))
  const producers = new Int32Array(numbers.size).fill(-1)
  for (const [index, values] of outputs.entries()) for (const value of values) producers[value] = index
  return { graph, count: numbers.size, inputs, outputs, producers, results }
}

function numbersOfInputs({ inputs }: GraphNode, numberOf: (name: string) => number): number[] {
  const numbers: number[] = []
  for (const input of inputs) if (input) numbers.push(numberOf(input.name))
  return numbers
}
