import { expect } from 'vitest'
import { differentiate } from '../../../src-core/autodiff/differentiate.ts'
import { gradientRules } from '../../../src-core/autodiff/rule-table.ts'
import type { TensorValue } from '../../../src-core/tensor-graph/types.ts'
import { drawCase, operatorCases } from '../tensor-graph/operator-cases/all-cases.ts'
import type { CaseGraph, OperatorCase } from '../tensor-graph/operator-cases/case-graph.ts'

/** Σ outputs · random weights: a scalar whose gradient exercises every element of every output. */
function randomSum(graph: CaseGraph, outputs: readonly TensorValue[]): TensorValue {
  const sums = outputs
    .filter((output) => output.dtype === 'float32')
    .map((output) => {
      const weights = graph.input('float32', output.shape, () => graph.random() * 2 - 1)
      return graph.apply('ReduceSum', [graph.apply('Mul', [output, weights])], { keepdims: 0 })
    })
  return sums.reduce((a, b) => graph.apply('Add', [a, b]))
}

/** A case whose outputs are summed to `scalar`, without and with the gradients of its float inputs. */
export function gradientGraph(operatorCase: OperatorCase, seed: number) {
  const { graph, outputs } = drawCase(operatorCase, seed)
  const { builder, variables, feeds } = graph
  const scalar = randomSum(graph, outputs)
  builder.output('scalar', scalar)
  const forward = builder.build()
  const gradients = differentiate(builder, scalar, variables)
  for (const [index, gradient] of gradients.entries()) {
    expect(gradient.shape).toEqual(variables[index]?.shape)
    builder.output(`gradient of ${variables[index]?.name}`, gradient)
  }
  return { forward, whole: builder.build(), variables, feeds }
}

/** Cases with float inputs and float results; the others have nothing to differentiate. */
const differentiableCases = operatorCases.filter((operatorCase) => {
  const { graph, outputs } = drawCase(operatorCase, 1)
  return graph.variables.length > 0 && outputs.some((output) => output.dtype === 'float32')
})
/** Those whose operator has a rule of its own. */
export const ruleCases = differentiableCases.filter(({ operator }) => gradientRules.has(operator))
