import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from './texts.ts'

// The files are put together, so that of two translations only one would ever be seen.
test('no text is translated differently in two files', () => {
  const translations = new Map<string, Set<string>>()
  const files = globSync('src-core/language/zh-CN/*.json', { cwd: root }).filter(
    (file) => !/sentences/.test(file),
  )
  expect(files.length).toBeGreaterThan(5)
  for (const file of files) {
    const texts: Record<string, string> = JSON.parse(readFileSync(path.join(root, file), 'utf8'))
    for (const [text, translation] of Object.entries(texts)) {
      translations.set(text, (translations.get(text) ?? new Set()).add(translation))
    }
  }
  expect([...translations].filter(([, different]) => different.size > 1)).toEqual([])
})
