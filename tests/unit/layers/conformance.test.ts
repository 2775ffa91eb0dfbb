import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { emptyDocument, type LayerNode } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { type AnyLayerDefinition, allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { isRefusal } from '../../../src-core/layers/define-layer.ts'
import { defaultParameters, resolveParameters } from '../../../src-core/layers/resolve-parameters.ts'
import { problemCodes } from '../../../src-core/problems.ts'
import { elementCount, type Shape } from '../../../src-core/tensor-graph/types.ts'
import { runLayer, someValues } from './run-layer.ts'
import { badValues, trialShapes, trials, wireCount, wiredPorts } from './trials.ts'

function node(definition: AnyLayerDefinition, parameters: LayerNode['parameters']): LayerNode {
  const { kind } = definition
  return { id: 'it', kind, name: 'it', parameters, position: { x: 0, y: 0 } }
}

describe.each(allLayerDefinitions.map((definition) => [definition.kind, definition] as const))(
  'the layer kind %s',
  (kind, definition) => {
    it('describes itself to people', () => {
      const texts = [definition.label, definition.description, definition.formula, definition.reference]
      for (const text of texts) expect(text.trim()).not.toBe('')
      expect(definition.description).toMatch(/[.]$/)
      for (const field of Object.values(definition.parameters)) {
        expect(field.label.trim()).not.toBe('')
        expect(field.description).toMatch(/[.]$/)
      }
      const ports = [...definition.inputs, ...definition.outputs].map(({ name }) => name)
      expect(new Set(ports).size).toBe(ports.length)
    })

    it('takes its own defaults', () => {
      expect(resolveParameters(definition, defaultParameters(kind)).problems).toEqual([])
    })

    it('refuses bad parameters with a problem that says value, range and what to do', () => {
      for (const [name, field] of Object.entries(definition.parameters)) {
        for (const value of badValues(field)) {
          const { values, problems } = resolveParameters(definition, { [name]: value })
          expect(problems, `${name} = ${JSON.stringify(value)}`).toHaveLength(1)
          expect(problems[0]).toMatchObject({
            code: 'layer.badParameter',
            severity: 'error',
            parameter: name,
          })
          expect(problems[0]?.message).toContain(field.label)
          expect(problems[0]?.message).toMatch(/must be /)
          expect(problems[0]?.hint).toBeTruthy()
          expect(values[name]).toEqual(field.default)
        }
      }
    })

    it('refuses parameters it does not have', () => {
      const { problems } = resolveParameters(definition, { quux: 1 })
      expect(problems).toMatchObject([{ code: 'layer.unknownParameter', parameter: 'quux' }])
    })

    it('computes exactly the shape it infers, with exactly the weights it declares', async () => {
      let runs = 0
      for (const shape of definition.inputs.length === 0 ? [[6]] : trialShapes) {
        for (const given of trials(definition)) runs += (await computesWhatItInfers(shape, given)) ? 1 : 0
      }
      expect(runs).toBeGreaterThan(0)
    })

    it('refuses shapes it cannot take with an expectation, never with an exception', () => {
      const shapes: readonly Shape[] = [[], [1], ...trialShapes, [1, 1, 1], [3, 1, 40], [1, 2, 3, 4, 5]]
      for (const first of shapes) {
        for (const second of shapes) {
          for (const given of trials(definition)) {
            const inputs = [first, second, first].slice(0, wireCount(definition))
            const parameters = resolveParameters(definition, given).values
            // A dense layer cannot get a shape without axes: no layer and no input gives one.
            if (inputs.some((shape) => shape.length === 0)) continue
            const result = definition.inferShape({ parameters, inputs })
            if (isRefusal(result)) {
              expect(result.expected).toMatch(/^expects /)
              expect(problemCodes).toHaveProperty([result.code])
            } else {
              expect(result.every((size) => Number.isInteger(size) && size >= 1)).toBe(true)
            }
          }
        }
      }
    })

    it('survives being saved and opened', () => {
      for (const given of trials(definition)) {
        const parameters = { ...defaultParameters(kind), ...given }
        const plain = JSON.parse(JSON.stringify(parameters))
        const document = { ...emptyDocument('One layer'), layers: [node(definition, plain)] }
        const read = parseDocument(serialiseDocument(document))
        expect(read).toEqual({ ok: true, value: document })
      }
    })

    it('counts its weights in the compiled model', () => {
      for (const shape of trialShapes) {
        const sources = Array.from({ length: wireCount(definition) }, (_, index) => ({
          id: `in_${index}`,
          kind: 'input',
          name: `in_${index}`,
          parameters: { shape: [...shape] },
          position: { x: 0, y: 0 },
        }))
        const ports = wiredPorts(definition)
        const { layers } = compileModel({
          ...emptyDocument('One layer'),
          layers: [...sources, node(definition, {})],
          connections: sources.map(({ id }, index) => ({
            id: `w${index}`,
            source: id,
            sourcePort: 'output',
            target: 'it',
            targetPort: ports[index] ?? 'input',
          })),
        })
        const compiled = layers.get('it')
        const inputs = sources.map(() => shape)
        const parameters = defaultParameters(kind)
        const output = definition.inferShape({ parameters, inputs })
        if (isRefusal(output)) {
          expect(compiled?.outputShape).toBeUndefined()
          continue
        }
        const weights = definition.weights({ parameters, inputs, output })
        expect(compiled?.outputShape).toEqual(output)
        expect(compiled?.parameterCount).toBe(
          weights.reduce((sum, weight) => sum + elementCount(weight.shape), 0),
        )
        expect(compiled?.flops).toBeGreaterThanOrEqual(0)
        expect(compiled?.activationElements).toBeGreaterThanOrEqual(0)
        expect(new Set(weights.map(({ name }) => name)).size).toBe(weights.length)
      }
    })

    /** Runs the layer for prediction and for training; false when it refuses the shape. */
    async function computesWhatItInfers(shape: Shape, given: Record<string, unknown>): Promise<boolean> {
      const { values, problems } = resolveParameters(definition, given)
      expect(problems).toEqual([])
      const batchSize = 2
      const isSource = definition.inputs.length === 0
      const inputs = Array.from({ length: wireCount(definition) }, () => shape)
      const output = definition.inferShape({ parameters: values, inputs })
      if (isRefusal(output)) return false
      const fed = isSource ? [output] : inputs
      const weights = definition.weights({ parameters: values, inputs, output })
      for (const training of [false, true]) {
        const result = await runLayer(kind, {
          inputs: fed.map((each, index) => ({
            shape: each,
            data: someValues(batchSize * elementCount(each), index),
          })),
          parameters: given,
          weights: Object.fromEntries(
            weights.map((weight) => [weight.name, someValues(elementCount(weight.shape)).map(Math.abs)]),
          ),
          batchSize,
          training,
        })
        expect(result.shape).toEqual([batchSize, ...output])
        expect(result.data.every(Number.isFinite)).toBe(true)
        // Only what says that it is stateful goes on from batch to batch.
        expect(Object.keys(result.handedOn).length > 0).toBe(values.stateful === true)
        // While training, statistics are computed from the batch; everything else is read.
        expect(result.usedWeights).toEqual(weights.map(({ name }) => name))
        for (const [name, data] of Object.entries(result.updates)) {
          const weight = weights.find((each) => each.name === name)
          expect(weight?.trainable).toBe(false)
          expect(data).toHaveLength(elementCount(weight?.shape ?? []))
        }
      }
      return true
    }
  },
)
