import { expect, it } from 'vitest'
import { layerReference } from '../../../src-core/export/layer-reference.ts'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'

it('docs/layers.md describes every kind as it is', async () => {
  const text = layerReference()
  for (const { kind } of allLayerDefinitions) expect(text).toContain(`(\`${kind}\`)`)
  await expect(text).toMatchFileSnapshot('../../../docs/layers.md')
})

it('the catalogue holds at least the 110 kinds that people of other tools look for', () => {
  expect(allLayerDefinitions.length).toBeGreaterThanOrEqual(110)
  expect(new Set(allLayerDefinitions.map(({ kind }) => kind)).size).toBe(allLayerDefinitions.length)
})
