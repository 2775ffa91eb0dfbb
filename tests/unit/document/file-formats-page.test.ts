import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'

it('docs/file-formats.md shows a document as it is written, and one that is right', () => {
  const page = readFileSync(new URL('../../../docs/file-formats.md', import.meta.url), 'utf8')
  const example = /```json\n([^`]*)```/.exec(page)?.[1] ?? ''
  const read = parseDocument(example)
  if (!read.ok) throw new Error(read.problems[0]?.message)
  expect(serialiseDocument(read.value)).toBe(example)
  expect(compileModel(read.value).problems).toEqual([])
})
