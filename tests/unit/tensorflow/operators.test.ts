import { afterAll, expect, it } from 'vitest'
import { operatorTable } from '../../../src-core/tensor-graph/operator-table.ts'
import { tensorflowOperators } from '../../../src-main/engine/process/tensorflow/operator-table.ts'
import { TensorflowEngine } from '../../../src-main/engine/process/tensorflow/tensorflow-engine.ts'
import { LargestDifference, relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { interpret } from '../../support/reference-interpreter/interpret.ts'
import { typedData } from '../../support/reference-interpreter/typed-data.ts'
import { describeWithTensorflow, tensorflow } from '../../support/tensorflow.ts'
import { drawCase, operatorCases, seedsOf } from '../tensor-graph/operator-cases/all-cases.ts'

const largest = new LargestDifference()
afterAll(() =>
  console.info(`operators, TensorFlow against float64 loops: largest relative difference ${largest}`),
)

it('TensorFlow computes every operator of the table', () => {
  expect([...operatorTable.keys()].filter((operator) => !tensorflowOperators.has(operator))).toEqual([])
})

describeWithTensorflow('Every operator means in TensorFlow what the ONNX page says', () => {
  it.each(operatorCases)('$label', async (operatorCase) => {
    const engine = new TensorflowEngine(await tensorflow(), 'any')
    for (const seed of seedsOf(operatorCase)) {
      const { graph, outputs } = drawCase(operatorCase, seed)
      for (const [index, output] of outputs.entries()) graph.builder.output(`out${index}`, output)
      const built = graph.builder.build()
      const expected = interpret(built, graph.feeds)
      const session = await engine.createSession(built)
      const feeds = built.inputs.map(({ name, dtype, shape }) => [
        name,
        engine.tensor(dtype, shape, typedData(dtype, graph.feeds[name] ?? [])),
      ])
      const actual = await session.run(Object.fromEntries(feeds))
      for (const [name, { dtype, shape, data }] of Object.entries(expected)) {
        const found = actual[name]
        if (!found) throw new Error(`no output ${name}`)
        expect({ dtype: found.dtype, shape: found.shape }).toEqual({ dtype, shape })
        const difference = relativeDifference(await engine.read(found), data)
        largest.record(difference, `${operatorCase.label}, seed ${seed}`)
        expect(difference, `seed ${seed}, output ${name}`).toBeLessThan(dtype === 'float32' ? 2e-6 : 1e-12)
      }
      await session.dispose()
    }
  })
})
