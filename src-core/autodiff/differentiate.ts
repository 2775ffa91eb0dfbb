import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type GraphNode, type TensorValue } from '../tensor-graph/types.ts'
import { Arithmetic } from './arithmetic.ts'
import { GradientSums } from './gradient-sums.ts'
import { isDifferentiable, ruleFor } from './rule-table.ts'
import { BackwardNode } from './vector-jacobian.ts'

/**
 * Reverse-mode differentiation: emits into the same builder the operators that compute ∂scalar/∂t for every
 * requested tensor t, and returns those gradients in the same order and in the tensors' shapes (zeros where no
 * differentiable path leads to the scalar). Nothing is computed for tensors off the requested paths.
 * Throws when the scalar has more than one element, or when an operator on a path has no rule.
 */
export function differentiate(
  builder: GraphBuilder,
  scalar: TensorValue,
  withRespectTo: readonly TensorValue[],
): TensorValue[] {
  if (scalar.dtype !== 'float32' || elementCount(scalar.shape) !== 1) {
    throw new Error(
      `only a float32 scalar can be differentiated, got ${scalar.dtype}[${scalar.shape.join(', ')}]`,
    )
  }
  const nodes = [...builder.nodes]
  const arithmetic = new Arithmetic(builder)
  const requested = new Set(withRespectTo.map((value) => value.name))
  const sums = new GradientSums(arithmetic, requested, dependents(builder, nodes, withRespectTo))
  sums.add(scalar, arithmetic.constant(scalar.shape, 1))
  for (const node of nodes.reverse()) {
    if (!passesGradient(node, sums)) continue
    const rule = ruleFor(node.operator)
    builder.scope(`gradient/${node.name}`, () => rule(new BackwardNode(node, arithmetic, sums)))
  }
  return withRespectTo.map((value) => {
    const total = sums.total(value)
    return total ? arithmetic.expand(total, value.shape) : arithmetic.filled(value.shape, 0)
  })
}

/** Names of the float tensors whose value depends on a requested one through differentiable operators. */
function dependents(
  builder: GraphBuilder,
  nodes: readonly GraphNode[],
  requested: readonly TensorValue[],
): Set<string> {
  const names = new Set(requested.filter((value) => value.dtype === 'float32').map((value) => value.name))
  for (const node of nodes) {
    if (!isDifferentiable(node.operator)) continue
    if (!node.inputs.some((input) => input && names.has(input.name))) continue
    for (const output of node.outputs) {
      if (output.dtype === 'float32' && !builder.isDetached(output)) names.add(output.name)
    }
  }
  return names
}

function passesGradient(node: GraphNode, sums: GradientSums): boolean {
  return (
    isDifferentiable(node.operator) &&
    node.outputs.some((output) => sums.has(output)) &&
    node.inputs.some((input) => input && sums.needs(input))
  )
}
