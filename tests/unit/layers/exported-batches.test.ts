import { describe, expect, it } from 'vitest'
import { type AnyLayerDefinition, allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { isRefusal } from '../../../src-core/layers/define-layer.ts'
import { resolveParameters } from '../../../src-core/layers/resolve-parameters.ts'
import { elementCount, type Shape } from '../../../src-core/tensor-graph/types.ts'
import { buildInferenceGraph } from '../../../src-core/training/build-forward-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { documentOf, type LayerLine, planOf } from '../../support/models.ts'
import { openOnnx } from '../../support/run-onnx.ts'
import { someValues } from './run-layer.ts'
import { trialShapes, trials, wireCount } from './trials.ts'

const batchSize = 3

/** Every shape a layer takes, with the first parameters with which it does. */
function fittingRuns(definition: AnyLayerDefinition) {
  return trialShapes.flatMap((shape) => {
    const inputs = Array.from({ length: wireCount(definition) }, () => shape)
    const parameters = trials(definition).find((given) => {
      const { values } = resolveParameters(definition, given)
      return !isRefusal(definition.inferShape({ parameters: values, inputs }))
    })
    return parameters ? [{ shape, parameters }] : []
  })
}

/** Runs the exported model, each input layer with the same rows, once for each batch. */
async function exportedResults(
  lines: readonly LayerLine[],
  shape: Shape,
  batches: readonly { rows: number; data: Float32Array }[],
) {
  const plan = planOf(documentOf('one layer', lines))
  const graph = buildInferenceGraph(plan, initializeWeights(plan, 3), new Map())
  const session = await openOnnx(graph, {}, { dynamicBatch: true })
  const results: number[][] = []
  for (const { rows, data } of batches) {
    const names = graph.inputs.map(({ name }) => name)
    const found = await session.run(
      Object.fromEntries(names.map((name) => [name, data])),
      Object.fromEntries(names.map((name) => [name, [rows, ...shape]])),
    )
    expect(found.output?.shape[0]).toBe(rows)
    results.push(Array.from(found.output?.data ?? [], Number))
  }
  await session.release()
  return results
}

describe('an exported layer takes batches of any size, and treats every row alone', () => {
  const kinds = allLayerDefinitions.filter(
    // A pair stands in no model but a GAN, whose generator is exported: see recipes.test.ts of the engine.
    ({ kind, inputs, outputs }) => inputs.length > 0 && outputs.length > 0 && kind !== 'adversarialPair',
  )

  it.each(kinds.map((definition) => [definition.kind, definition] as const))('%s', async (_, definition) => {
    const runs = fittingRuns(definition)
    expect(runs.length).toBeGreaterThan(0)
    for (const { shape, parameters } of runs) {
      const sources = Array.from({ length: wireCount(definition) }, (_source, index) => `in${index}`)
      const lines: LayerLine[] = [
        ...sources.map((name): LayerLine => [name, 'input', { shape: [...shape] }]),
        ['it', definition.kind, parameters, ...sources],
        ['output', 'output', {}, 'it'],
      ]
      const size = elementCount(shape)
      const data = someValues(batchSize * size, 0.4)
      const rows = Array.from({ length: batchSize }, (_row, row) => ({
        rows: 1,
        data: data.slice(row * size, (row + 1) * size),
      }))
      const [whole = [], ...single] = await exportedResults(lines, shape, [
        { rows: batchSize, data },
        ...rows,
      ])
      expect(whole.length).toBeGreaterThan(0)
      for (const [index, value] of single.flat().entries()) {
        expect(Math.abs(value - (whole[index] ?? Number.NaN))).toBeLessThan(
          1e-5 * Math.max(1, Math.abs(value)),
        )
      }
    }
  })
})
