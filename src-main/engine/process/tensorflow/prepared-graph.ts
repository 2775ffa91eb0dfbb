import type { Tensor } from '@tensorflow/tfjs'
import type { ConstantTensor, GraphNode, TensorGraph } from '../../../../src-core/tensor-graph/types.ts'
import { heldType, type Operands, OperatorNode, type RunOperator } from './operator-node.ts'
import { tensorflowOperators } from './operator-table.ts'
import { deviceData, noHalf } from './tensor-data.ts'
import type { TensorflowLibrary } from './tensorflow-library.ts'

interface Step {
  readonly node: GraphNode
  readonly run: RunOperator
  /** Computed values that no later node and no output needs. */
  readonly last: readonly string[]
}

/**
 * A graph whose nodes are ready to run one after the other. Every value is given up after the last node that reads it.
 * Throws, with the operators' names, when TensorFlow cannot compute one, and for float16.
 */
export class PreparedGraph {
  readonly #library: TensorflowLibrary
  readonly #graph: TensorGraph
  readonly #differentiable: boolean
  readonly #constants: ReadonlyMap<string, ConstantTensor>
  readonly #own = new Map<string, Tensor>()
  readonly #owned: Tensor[] = []
  readonly #steps: readonly Step[]

  /** `differentiable`: for a gradient tape. Nothing is given up on the way then; run it inside tf.tidy or tf.variableGrads. */
  constructor(library: TensorflowLibrary, graph: TensorGraph, differentiable = false) {
    this.#library = library
    this.#graph = graph
    this.#differentiable = differentiable
    this.#constants = new Map(graph.constants.map((constant) => [constant.value.name, constant]))
    refuseUnknown(graph)
    const last = lastUses(graph)
    this.#steps = graph.nodes.map((node, index) => ({
      node,
      run: this.#prepare(node),
      last: last[index] ?? [],
    }))
  }

  /**
   * Computes the outputs from tensors for the inputs, by name. The outputs belong to the caller, who must dispose of
   * them, even where one is an input or a constant; the inputs stay the caller's.
   */
  run(inputs: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
    const { tf } = this.#library
    const keepAll = this.#differentiable
    const values = new Map(inputs)
    for (const { node, run, last } of this.#steps) {
      const operands: Operands = (index) => this.#value(values, node, index)
      const results = keepAll ? list(run(operands)) : tf.tidy(() => list(run(operands)))
      for (const [index, output] of node.outputs.entries()) {
        const result = results[index]
        if (!result) throw new Error(`${node.operator} has no output ${index}`)
        values.set(output.name, result)
      }
      if (keepAll) continue
      for (const name of last) {
        values.get(name)?.dispose()
        values.delete(name)
      }
    }
    return this.#outputs(values)
  }

  /** Gives up the constants. */
  dispose(): void {
    for (const tensor of [...this.#own.values(), ...this.#owned]) tensor.dispose()
    this.#own.clear()
    this.#owned.length = 0
  }

  #prepare(node: GraphNode): RunOperator {
    const operator = tensorflowOperators.get(node.operator)
    if (!operator) throw new Error(`TensorFlow does not know ${node.operator}`)
    return operator(
      new OperatorNode(
        node,
        this.#library,
        ({ name }) => this.#constants.get(name)?.data,
        (tensor) => this.#owned.push(tensor),
        this.#differentiable,
      ),
    )
  }

  #value(values: ReadonlyMap<string, Tensor>, node: GraphNode, index: number): Tensor {
    const input = node.inputs[index]
    if (!input) throw new Error(`${node.operator}: input ${index} is missing`)
    return values.get(input.name) ?? this.#constant(input.name)
  }

  /** Constants become tensors when they are first read: most are shapes and axes, which no kernel reads. */
  #constant(name: string): Tensor {
    const known = this.#own.get(name)
    if (known) return known
    const constant = this.#constants.get(name)
    if (!constant) throw new Error(`nothing has computed ${name}`)
    const { tf } = this.#library
    const { dtype, shape } = constant.value
    const tensor = tf.keep(tf.tensor(deviceData(constant.data), [...shape], heldType(dtype)))
    this.#own.set(name, tensor)
    return tensor
  }

  /** Copies of the references, so that every output can be disposed of on its own. */
  #outputs(values: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
    const outputs = new Map<string, Tensor>()
    for (const { name, value } of this.#graph.outputs) {
      outputs.set(name, (values.get(value.name) ?? this.#constant(value.name)).clone())
    }
    if (this.#differentiable) return outputs
    const computed = new Set(this.#graph.nodes.flatMap((node) => node.outputs.map((output) => output.name)))
    for (const [name, tensor] of values) if (computed.has(name)) tensor.dispose()
    return outputs
  }
}

function list(result: Tensor | readonly Tensor[]): Tensor[] {
  return 'dtype' in result ? [result] : [...result]
}

function refuseUnknown({ nodes }: TensorGraph): void {
  if (nodes.some(({ outputs }) => outputs.some(({ dtype }) => dtype === 'float16'))) throw new Error(noHalf)
  const unknown = new Set(
    nodes.map(({ operator }) => operator).filter((operator) => !tensorflowOperators.has(operator)),
  )
  if (unknown.size === 0) return
  throw new Error(`the TensorFlow engine does not know ${[...unknown].join(', ')}`)
}

/** For every node the computed values that are read there for the last time, or never. */
function lastUses({ nodes, outputs }: TensorGraph): string[][] {
  const lasting = new Set(outputs.map(({ value }) => value.name))
  const seen = new Set<string>()
  const computed = new Set(nodes.flatMap((node) => node.outputs.map(({ name }) => name)))
  const result: string[][] = []
  for (const node of nodes.toReversed()) {
    const names = [...node.inputs, ...node.outputs].flatMap((value) => (value ? [value.name] : []))
    result.push(
      [...new Set(names)].filter((name) => computed.has(name) && !lasting.has(name) && !seen.has(name)),
    )
    for (const name of names) seen.add(name)
  }
  return result.reverse()
}
