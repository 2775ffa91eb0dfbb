import { afterAll, describe, expect, it } from 'vitest'
import { operatorTable } from '../../../src-core/tensor-graph/operator-table.ts'
import { LargestDifference, relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { interpret, referenceOperators } from '../../support/reference-interpreter/interpret.ts'
import { typedData } from '../../support/reference-interpreter/typed-data.ts'
import { runOnnx } from '../../support/run-onnx.ts'
import { drawCase, operatorCases, seedsOf } from './operator-cases/all-cases.ts'

const largest = new LargestDifference()
afterAll(() =>
  console.info(`operators, onnxruntime against float64 loops: largest relative difference ${largest}`),
)

describe('Every operator means in onnxruntime what the ONNX page says', () => {
  it.each(operatorCases)('$label', async (operatorCase) => {
    for (const seed of seedsOf(operatorCase)) {
      const { graph, outputs } = drawCase(operatorCase, seed)
      for (const [index, output] of outputs.entries()) graph.builder.output(`out${index}`, output)
      const built = graph.builder.build()
      const expected = interpret(built, graph.feeds)
      const feeds = Object.fromEntries(
        built.inputs.map(({ name, dtype }) => [name, typedData(dtype, graph.feeds[name] ?? [])]),
      )
      const actual = await runOnnx(built, feeds)
      for (const [name, { dtype, shape, data }] of Object.entries(expected)) {
        expect({ dtype: actual[name]?.dtype, shape: actual[name]?.shape }).toEqual({ dtype, shape })
        const difference = relativeDifference(actual[name]?.data ?? [], data)
        largest.record(difference, `${operatorCase.label}, seed ${seed}`)
        expect(difference, `seed ${seed}, output ${name}`).toBeLessThan(dtype === 'float32' ? 2e-6 : 1e-12)
      }
    }
  })
})

describe('The operator table', () => {
  it('has a case for every operator', () => {
    const covered = new Set(operatorCases.map(({ operator }) => operator))
    expect([...operatorTable.keys()].filter((operator) => !covered.has(operator))).toEqual([])
  })

  it('has a reference for every operator, and none beyond', () => {
    expect([...referenceOperators.keys()].sort()).toEqual([...operatorTable.keys()].sort())
  })
})
