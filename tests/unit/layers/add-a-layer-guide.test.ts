import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
}

it('docs/add-a-layer.md shows the layer file as it is', () => {
  expect(read('docs/add-a-layer.md')).toContain(`\`\`\`ts\n${read('src-core/layers/cropping2d.ts')}\`\`\``)
})
