import { describe, expect, it } from 'vitest'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { isRefusal } from '../../../src-core/layers/define-layer.ts'
import { resolveParameters } from '../../../src-core/layers/resolve-parameters.ts'
import { elementCount, type Shape } from '../../../src-core/tensor-graph/types.ts'
import { relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { openOnnx } from '../../support/run-onnx.ts'
import { lowerOneLayer, runLayer, someValues } from './run-layer.ts'
import { trialShapes, trials } from './trials.ts'

const checked = new Set(['Augmentation', 'Preprocessing'])

/** A graph of one row with an open batch axis, run with three rows, beside one built for three. */
async function openAndFixed(kind: string, parameters: Record<string, unknown>, shape: Shape) {
  const data = someValues(3 * elementCount(shape))
  const one = lowerOneLayer(kind, {
    inputs: [{ shape, data: data.slice(0, elementCount(shape)) }],
    parameters,
    batchSize: 1,
  })
  const { builder, y } = one
  builder.output('y', builder.producer(y) ? y : builder.apply('Identity', [y]))
  const built = builder.build()
  // As in an exported model, weights are part of the graph.
  const weights = [...one.weights].map(([name, value]) => ({ value, data: one.feeds[name] ?? data }))
  const graph = {
    ...built,
    inputs: built.inputs.filter(({ name }) => name === 'x0'),
    constants: [...built.constants, ...weights],
  }
  const session = await openOnnx(graph, {}, { dynamicBatch: true })
  const open = await session.run({ x0: data }, { x0: [3, ...shape] })
  await session.release()
  return {
    open: open.y,
    fixed: await runLayer(kind, { inputs: [{ shape, data }], parameters, batchSize: 3 }),
  }
}

describe('an exported model takes any number of rows through', () => {
  const definitions = allLayerDefinitions.filter(({ category }) => checked.has(category))

  it.each(definitions.map((definition) => [definition.kind, definition] as const))(
    '%s',
    async (kind, definition) => {
      let compared = 0
      const larger = kind === 'randomCrop' ? [{ size: [12, 5] }] : []
      for (const given of [...trials(definition), ...larger]) {
        const parameters = resolveParameters(definition, given).values
        const shape = trialShapes.find(
          (candidate) => !isRefusal(definition.inferShape({ parameters, inputs: [candidate] })),
        )
        if (!shape) continue
        const { open, fixed } = await openAndFixed(kind, given, shape)
        expect(open?.shape).toEqual(fixed.shape)
        expect(relativeDifference(open?.data ?? [], Array.from(fixed.data))).toBeLessThan(1e-6)
        compared += 1
      }
      expect(compared).toBeGreaterThan(0)
    },
  )
})
