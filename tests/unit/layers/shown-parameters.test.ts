import { describe, expect, it } from 'vitest'
import { allLayerDefinitions, layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { shownParameters } from '../../../src-core/layers/shown-parameters.ts'

function shown(kind: string, given: Readonly<Record<string, unknown>> = {}): string[] {
  const definition = layerDefinition(kind)
  if (!definition) throw new Error(`there is no kind ${kind}`)
  return shownParameters(definition.parameters, given).map(([name]) => name)
}

const always = ['loss', 'lossWeight', 'metrics', 'reduction']

describe('the parameters of an output layer that are shown', () => {
  it.each<[loss: string, own: readonly string[]]>([
    ['auto', ['labelSmoothing']],
    ['categoricalCrossentropy', ['labelSmoothing']],
    ['binaryFocalCrossentropy', ['labelSmoothing', 'focalGamma', 'focalAlpha', 'classBalancing']],
    ['categoricalFocalCrossentropy', ['labelSmoothing', 'focalGamma', 'focalAlpha']],
    ['huber', ['delta']],
    ['tversky', ['tverskyAlpha', 'tverskyBeta']],
    ['supervisedContrastive', ['temperature']],
    ['tripletSemiHard', ['margin']],
    ['meanSquaredError', []],
  ])('%s', (loss, own) => {
    expect(shown('output', { loss })).toEqual([...always, ...own])
  })

  it('count the default where nothing was chosen, and look into lists', () => {
    expect(shown('output')).toEqual([...always, 'labelSmoothing'])
    expect(shown('output', { loss: 'huber', metrics: ['r2', 'topKAccuracy'] })).toContain('topK')
    expect(shown('output', { loss: 'huber', metrics: ['r2'] })).not.toContain('topK')
  })
})

it('every condition speaks of another parameter of the kind and of values it can have', () => {
  const conditions = allLayerDefinitions.flatMap(({ parameters }) =>
    Object.values(parameters).flatMap(({ shownWhen }) => (shownWhen ? [{ shownWhen, parameters }] : [])),
  )
  expect(conditions.length).toBeGreaterThan(9)
  for (const { shownWhen, parameters } of conditions) {
    const field = parameters[shownWhen.parameter]
    for (const value of shownWhen.isOneOf) {
      const given = field?.control === 'choices' ? [value] : value
      expect(field?.schema.safeParse(given).success).toBe(true)
    }
  }
})
