import { expect, it } from 'vitest'
import { type AnyLayerDefinition, allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { isRefusal } from '../../../src-core/layers/define-layer.ts'
import { resolveParameters } from '../../../src-core/layers/resolve-parameters.ts'
import { elementCount, type Shape } from '../../../src-core/tensor-graph/types.ts'
import { lowerOneLayer, someValues } from './run-layer.ts'
import { trialShapes, trials, wireCount } from './trials.ts'

/** Constants and attributes of a layer's graph for prediction. */
function fixedParts(
  kind: string,
  inputs: readonly Shape[],
  parameters: Record<string, unknown>,
  batch: number,
) {
  const { builder, y } = lowerOneLayer(kind, {
    inputs: inputs.map((shape) => ({ shape, data: someValues(batch * elementCount(shape)) })),
    parameters,
    weights: new Proxy({}, { get: () => new Float32Array() }),
    batchSize: batch,
  })
  builder.output('y', builder.producer(y) ? y : builder.apply('Identity', [y]))
  const { constants, nodes } = builder.build()
  return {
    constants: constants.map(({ value, data }) => [value.shape, Array.from(data, Number)]),
    nodes: nodes.map(({ operator, attributes }) => [operator, attributes]),
  }
}

function fits(definition: AnyLayerDefinition, inputs: readonly Shape[], given: Record<string, unknown>) {
  const parameters = resolveParameters(definition, given).values
  return !isRefusal(definition.inferShape({ parameters, inputs }))
}

const computing = allLayerDefinitions.filter(({ inputs }) => inputs.length > 0)

it.each(computing.map((definition) => [definition.kind, definition] as const))(
  '%s predicts for batches of any size with one graph',
  (kind, definition) => {
    for (const shape of trialShapes) {
      const inputs = Array.from({ length: wireCount(definition) }, () => shape)
      for (const given of trials(definition)) {
        if (!fits(definition, inputs, given)) continue
        expect(fixedParts(kind, inputs, given, 2)).toEqual(fixedParts(kind, inputs, given, 3))
      }
    }
  },
)
