import { afterAll, describe, expect, it } from 'vitest'
import { gradientRules, notDifferentiable } from '../../../src-core/autodiff/rule-table.ts'
import { operatorTable } from '../../../src-core/tensor-graph/operator-table.ts'
import type { TensorGraph } from '../../../src-core/tensor-graph/types.ts'
import { LargestDifference, relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { interpret } from '../../support/reference-interpreter/interpret.ts'
import { typedData } from '../../support/reference-interpreter/typed-data.ts'
import { runOnnx } from '../../support/run-onnx.ts'
import { seedsOf } from '../tensor-graph/operator-cases/all-cases.ts'
import { gradientGraph, ruleCases } from './gradient-graph.ts'

const fromDifferences = new LargestDifference()
const fromOnnx = new LargestDifference()
afterAll(() => {
  console.info(
    `gradients, float64 against central differences: largest relative difference ${fromDifferences}`,
  )
  console.info(`gradients, onnxruntime against float64: largest relative difference ${fromOnnx}`)
  fromDifferences.save(
    'operator-gradients',
    'Gradients of operators, double precision, against central differences',
  )
})

/** Central differences of the scalar output "scalar" with respect to at most `limit` elements of one input. */
function centralDifferences(
  graph: TensorGraph,
  feeds: Record<string, number[]>,
  name: string,
  limit: number,
) {
  const values = feeds[name] ?? []
  const stride = Math.max(1, Math.ceil(values.length / limit))
  const elements = [...values.keys()].filter((index) => index % stride === 0)
  const step = 1e-5
  const at = (index: number, shift: number) => {
    const moved = values.with(index, (values[index] ?? 0) + shift)
    return interpret(graph, { ...feeds, [name]: moved }).scalar?.data[0] ?? Number.NaN
  }
  return elements.map((index) => ({ index, slope: (at(index, step) - at(index, -step)) / (2 * step) }))
}

describe('Every gradient rule agrees with central differences', () => {
  it.each(ruleCases)('$label', async (operatorCase) => {
    for (const seed of seedsOf(operatorCase)) {
      const { forward, whole, variables, feeds } = gradientGraph(operatorCase, seed)
      const exact = interpret(whole, feeds)
      const measured = await runOnnx(
        whole,
        Object.fromEntries(
          whole.inputs.map(({ name, dtype }) => [name, typedData(dtype, feeds[name] ?? [])]),
        ),
      )
      for (const { name } of variables) {
        const gradient = exact[`gradient of ${name}`]?.data ?? new Float64Array()
        const slopes = centralDifferences(forward, feeds, name, operatorCase.large ? 6 : 24)
        const difference = relativeDifference(
          slopes.map(({ index }) => gradient[index] ?? Number.NaN),
          slopes.map(({ slope }) => slope),
        )
        fromDifferences.record(difference, `${operatorCase.label}, seed ${seed}, ${name}`)
        expect(difference, `seed ${seed}, central differences of ${name}`).toBeLessThan(1e-6)
        const onnxDifference = relativeDifference(measured[`gradient of ${name}`]?.data ?? [], gradient)
        fromOnnx.record(onnxDifference, `${operatorCase.label}, seed ${seed}, ${name}`)
        expect(onnxDifference, `seed ${seed}, onnxruntime's gradient of ${name}`).toBeLessThan(1e-5)
      }
    }
  })
})

describe('The rule table is complete', () => {
  it('has a rule or a reason for every operator, never both', () => {
    for (const operator of operatorTable.keys()) {
      expect([operator, gradientRules.has(operator), notDifferentiable.has(operator)]).toEqual([
        operator,
        !notDifferentiable.has(operator),
        notDifferentiable.has(operator),
      ])
    }
    expect(
      [...gradientRules.keys(), ...notDifferentiable.keys()].filter((name) => !operatorTable.has(name)),
    ).toEqual([])
  })

  it('has no rule without a test', () => {
    const tested = new Set(ruleCases.map(({ operator }) => operator))
    expect([...gradientRules.keys()].filter((operator) => !tested.has(operator))).toEqual([])
  })
})
