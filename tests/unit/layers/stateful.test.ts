import { describe, expect, it } from 'vitest'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { largestDifference } from './largest-difference.ts'
import { definitionOf, runLayer, shaped, someValues } from './run-layer.ts'
import { trials } from './trials.ts'

const [rows, steps, features] = [3, 4, 2]
const stateful = allLayerDefinitions.filter(({ parameters }) => 'stateful' in parameters)

/** Ways to compute a layer that have an effect on its states; what is only drawn in training has none. */
function ways(kind: string): Record<string, unknown>[] {
  const without = /(Initializer|L2|stateful|ropout)$/
  return trials(definitionOf(kind))
    .filter((given) => !Object.keys(given).some((name) => without.test(name)))
    .map((given) => ({ units: 5, ...given, stateful: true }))
}

/** Steps from..to of [rows, steps, width]. */
function stretch(values: Float32Array, width: number, from: number, to: number): Float32Array {
  const perRow = values.length / rows
  return Float32Array.from(
    Array.from({ length: rows }, (_, row) => [
      ...values.subarray(row * perRow + from * width, row * perRow + to * width),
    ]).flat(),
  )
}

describe('stateful layers', () => {
  it('are those that go one way through a sequence', () => {
    expect(stateful.map(({ kind }) => kind).sort()).toEqual(['gru', 'lstm', 'simpleRnn'])
  })

  const cases = stateful.flatMap(({ kind }) =>
    ways(kind).flatMap((given) => [false, true].map((masked) => [kind, given, masked] as const)),
  )
  it.each(cases)('%s %j, masked %s: two windows give what one of both gives', async (kind, given, masked) => {
    const { weights, parameters } = shaped(kind, [[steps, features]], given)
    const values = Object.fromEntries(
      weights.map(({ name, shape }, index) => [name, someValues(elementCount(shape), index)]),
    )
    const data = someValues(rows * 2 * steps * features, 0.3)
    const mask = Float32Array.from({ length: rows * 2 * steps }, (_, at) => (at % 7 === 2 ? 0 : 1))
    const run = async (from: number, to: number, carried: Readonly<Record<string, Float32Array>>) =>
      runLayer(kind, {
        inputs: [{ shape: [to - from, features], data: stretch(data, features, from, to) }],
        parameters: given,
        weights: values,
        batchSize: rows,
        masks: masked ? [stretch(mask, 1, from, to)] : [],
        carried,
      })
    const units = Number(parameters.units)
    const zeros = Object.fromEntries(['h', 'c'].map((name) => [name, new Float32Array(rows * units)]))
    const halves: readonly (readonly [number, number])[] = [
      [0, steps],
      [steps, 2 * steps],
    ]
    const [[a, b] = [0, 0], [c, d] = [0, 0]] = parameters.goBackwards ? halves.toReversed() : halves
    const whole = await run(0, 2 * steps, zeros)
    const first = await run(a, b, zeros)
    const second = await run(c, d, first.handedOn)
    expect(Object.keys(whole.handedOn)).toEqual(kind === 'lstm' ? ['h', 'c'] : ['h'])
    for (const [name, state] of Object.entries(whole.handedOn)) {
      expect(largestDifference(second.handedOn[name], state)).toBeLessThan(1e-5)
    }
    const end = parameters.returnSequences ? stretch(whole.data, units, steps, 2 * steps) : whole.data
    if (!masked || !parameters.returnSequences) {
      expect(largestDifference(second.data, end)).toBeLessThan(1e-5)
    }
  })

  it.each(stateful.map(({ kind }) => kind))('%s begins at zero where nothing is carried', async (kind) => {
    const given = { units: 5 }
    const { weights } = shaped(kind, [[steps, features]], given)
    const run = {
      inputs: [{ shape: [steps, features], data: someValues(rows * steps * features, 0.3) }],
      weights: Object.fromEntries(
        weights.map(({ name, shape }, index) => [name, someValues(elementCount(shape), index)]),
      ),
      batchSize: rows,
    }
    const zero = new Float32Array(rows * 5)
    const plain = await runLayer(kind, { ...run, parameters: given })
    const fromZero = await runLayer(kind, {
      ...run,
      parameters: { ...given, stateful: true },
      carried: { h: zero, c: zero },
    })
    expect(plain.handedOn).toEqual({})
    expect(largestDifference(fromZero.data, plain.data)).toBeLessThan(1e-6)
  })
})
