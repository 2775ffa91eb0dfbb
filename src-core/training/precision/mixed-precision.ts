import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import { largestHalf, smallestNormalHalf } from '../../tensor-graph/float16.ts'
import type { GraphNode, TensorGraph, TensorValue } from '../../tensor-graph/types.ts'
import { MixedGraph } from './mixed-graph.ts'
import type { PrecisionMarks } from './precision-marks.ts'
import { type OperatorPrecision, operatorPrecision } from './precision-policy.ts'

/** From this slope on a HardSigmoid is a step: 1 for positive numbers, 0 for the others. */
const slopeOfStep = 1e10

/**
 * The same graph with float16 where it pays: casts are inserted, inputs and outputs stay float32. Works on any training
 * graph, gradients and optimizer included; master weights, optimizer slots and whatever they meet stay float32, because
 * an operator that follows its inputs computes in the widest of their types.
 *
 * Weights, constants and truth values are "free": they widen nothing, and are rounded where they meet float16.
 */
export function mixedPrecision(graph: TensorGraph, marks: PrecisionMarks): TensorGraph {
  const mixed = new MixedGraph(graph)
  for (const { value, data } of graph.constants) {
    const isSafe = data instanceof Float32Array && data.every(isRepresentable)
    mixed.declare(value, { free: isSafe })
  }
  for (const input of graph.inputs) mixed.declare(input, { free: marks.isWeight(input) })
  for (const node of graph.nodes) {
    if (isStep(node) && mixed.isHalf(node.inputs[0])) addStep(mixed, node)
    else addNode(mixed, node, marks)
  }
  return mixed.build()
}

/** A number that float16 holds with all its digits' worth of precision. */
function isRepresentable(x: number): boolean {
  const size = Math.abs(x)
  return size === 0 || (size >= smallestNormalHalf && size <= largestHalf)
}

function addNode(mixed: MixedGraph, node: GraphNode, marks: PrecisionMarks): void {
  const floats = node.inputs.flatMap((input) => (input && mixed.isFloat(input) ? [input] : []))
  const isFree = floats.length > 0 && floats.every((input) => mixed.isFree(input))
  const precision = marks.isFull(node) ? 'full' : precisionOf(mixed, node)
  const computesHalf = precision === 'half' || (precision === 'follow' && followsHalf(mixed, floats))
  const outputs = mixed.add(node, computesHalf ? 'float16' : 'float32')
  for (const [index, output] of outputs.entries()) {
    const original = node.outputs[index] ?? output
    const free = marks.isWeight(original) || isTruth(node) || (precision === 'follow' && isFree)
    mixed.declare(original, { free, dtype: output.dtype })
  }
}

function precisionOf(mixed: MixedGraph, node: GraphNode): OperatorPrecision {
  const precision = operatorPrecision(node.operator)
  // A square leaves the range where its root is well inside, and is what statistics sum up.
  if (node.operator === 'Mul' && node.inputs[0]?.name === node.inputs[1]?.name) return 'full'
  // A product with a constant matrix repeats, sums or interpolates elements, and may have to be exact: the maxima of
  // pooling windows are compared with the values that they were taken from.
  const hasConstant = node.inputs.slice(0, 2).some((input) => input && mixed.isConstant(input))
  return precision === 'half' && hasConstant ? 'follow' : precision
}

/** Whether everything that is not free is float16; where all is free, whether all was computed in float16. */
function followsHalf(mixed: MixedGraph, floats: readonly TensorValue[]): boolean {
  const deciding = floats.filter((input) => !mixed.isFree(input))
  const read = deciding.length > 0 ? deciding : floats
  return read.length > 0 && read.every((input) => mixed.isHalf(input))
}

/** 0 and 1, from truth values or a step: exact in both types. */
function isTruth(node: GraphNode): boolean {
  return (node.operator === 'Cast' && node.inputs[0]?.dtype === 'bool') || isStep(node)
}

function isStep({ operator, attributes }: GraphNode): boolean {
  const { alpha } = attributes
  return operator === 'HardSigmoid' && typeof alpha === 'number' && alpha >= slopeOfStep
}

/** The slope of a step is infinite in float16, and infinity · 0 is no number: compares instead. */
function addStep(mixed: MixedGraph, node: GraphNode): void {
  const [x] = node.inputs
  const [output] = node.outputs
  if (!x || !output) throw new Error(`${node.name} has no input or output`)
  const isPositive: TensorValue = { name: `${output.name}/positive`, dtype: 'bool', shape: output.shape }
  const zero = mixed.zero()
  mixed.add(
    {
      ...node,
      name: `${node.name}/positive`,
      operator: 'Greater',
      inputs: [x, zero],
      outputs: [isPositive],
      attributes: {},
    },
    'float16',
  )
  mixed.declare(isPositive, { free: false })
  mixed.add(
    { ...node, operator: 'Cast', inputs: [isPositive], attributes: { to: dataTypeCodes.float16 } },
    'float16',
  )
  mixed.declare(output, { free: true, dtype: 'float16' })
}
