import { afterAll, expect, it } from 'vitest'
import { tensorflowGradients } from '../../../src-main/engine/process/tensorflow/tensorflow-gradients.ts'
import { LargestDifference, relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { typedData } from '../../support/reference-interpreter/typed-data.ts'
import { runOnnx } from '../../support/run-onnx.ts'
import { describeWithTensorflow, tensorflow } from '../../support/tensorflow.ts'
import { gradientGraph, ruleCases } from '../autodiff/gradient-graph.ts'
import { seedsOf } from '../tensor-graph/operator-cases/all-cases.ts'

const largest = new LargestDifference()
let compared = 0
afterAll(() =>
  console.info(
    `gradients, ours in onnxruntime against TensorFlow's own: ${compared} cases, largest relative difference ${largest}`,
  ),
)

describeWithTensorflow("Every gradient rule agrees with TensorFlow's own gradient", () => {
  it.each(ruleCases)('$label', async (operatorCase) => {
    const library = await tensorflow()
    for (const seed of seedsOf(operatorCase)) {
      const { forward, whole, variables, feeds } = gradientGraph(operatorCase, seed)
      const data = Object.fromEntries(
        whole.inputs.map(({ name, dtype }) => [name, typedData(dtype, feeds[name] ?? [])]),
      )
      const ours = await runOnnx(whole, data)
      const names = variables.map(({ name }) => name)
      const theirs = tensorflowGradients(library, forward, data, 'scalar', names)
      for (const name of names) {
        const gradient = ours[`gradient of ${name}`]?.data ?? []
        // What the scalar does not depend on has no gradient in TensorFlow and zeros in ours.
        const expected = theirs.get(name) ?? new Float32Array(gradient.length)
        const difference = relativeDifference(gradient, Array.from(expected, Number))
        largest.record(difference, `${operatorCase.label}, seed ${seed}, ${name}`)
        expect(difference, `seed ${seed}, ${name}`).toBeLessThan(2e-5)
        compared += 1
      }
    }
  })
})
