import { afterAll, describe, expect, it } from 'vitest'
import { MixedGraph } from '../../../src-core/training/precision/mixed-graph.ts'
import { operatorPrecision } from '../../../src-core/training/precision/precision-policy.ts'
import { LargestDifference, relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { roundToHalf } from '../../support/reference-interpreter/half-precision.ts'
import { interpret } from '../../support/reference-interpreter/interpret.ts'
import { typedData } from '../../support/reference-interpreter/typed-data.ts'
import { runOnnx } from '../../support/run-onnx.ts'
import { drawCase, operatorCases } from '../tensor-graph/operator-cases/all-cases.ts'

const largest = new LargestDifference()
afterAll(() =>
  console.info(`operators in float16, onnxruntime against loops that round: largest difference ${largest}`),
)

const cases = operatorCases.filter(({ operator }) => operatorPrecision(operator) !== 'full')

/** A case's graph with every node in float16, and data that float16 can hold. */
function halfCase(operatorCase: (typeof cases)[number], seed: number) {
  const { graph, outputs } = drawCase(operatorCase, seed)
  for (const [index, output] of outputs.entries()) graph.builder.output(`out${index}`, output)
  const built = graph.builder.build()
  const mixed = new MixedGraph(built)
  for (const { value } of built.constants) mixed.declare(value, { free: true })
  for (const input of built.inputs) mixed.declare(input, { free: false })
  for (const node of built.nodes) {
    const made = mixed.add(node, 'float16')
    for (const [index, output] of node.outputs.entries()) {
      mixed.declare(output, { free: false, dtype: made[index]?.dtype ?? output.dtype })
    }
  }
  const feeds = Object.fromEntries(
    built.inputs.map(({ name, dtype }) => {
      const values = graph.feeds[name] ?? []
      return [name, dtype === 'float32' ? values.map(roundToHalf) : values]
    }),
  )
  return { half: mixed.build(), feeds, original: built }
}

describe('Every operator that may compute in float16', () => {
  it.each(cases)('$label: does so in onnxruntime, and is as exact as float16', async (operatorCase) => {
    for (const seed of [1, 2]) {
      const { half, feeds, original } = halfCase(operatorCase, seed)
      const computes = half.nodes.some(({ inputs }) => inputs.some((input) => input?.dtype === 'float16'))
      const hasFloats = original.nodes.some(({ inputs }) =>
        inputs.some((input) => input?.dtype === 'float32'),
      )
      expect(computes).toBe(hasFloats)
      const expected = interpret(half, feeds)
      const data = half.inputs.map(({ name, dtype }) => [name, typedData(dtype, feeds[name] ?? [])] as const)
      const actual = await runOnnx(half, Object.fromEntries(data))
      for (const [name, { data: wanted }] of Object.entries(expected)) {
        const difference = relativeDifference(actual[name]?.data ?? [], wanted)
        largest.record(difference, operatorCase.label)
        expect(difference, `seed ${seed}, output ${name}`).toBeLessThan(2e-3)
      }
    }
  })
})
