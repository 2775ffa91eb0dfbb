import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'

function where(node: BackwardNode): void {
  const { arithmetic } = node
  node.contributeBroadcast(1, () => arithmetic.keepWhere(node.input(0), node.looseGradient()))
  node.contributeBroadcast(2, () => arithmetic.dropWhere(node.input(0), node.looseGradient()))
}

export const logicRules: RuleFamily = { Where: where }
