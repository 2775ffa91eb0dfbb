import { describe, expect, it } from 'vitest'
import {
  assertConsecutive,
  type DocumentMigration,
  documentMigrations,
  migrateDocument,
} from '../../../src-core/document/migrations.ts'
import { documentVersion } from '../../../src-core/document/model-document.ts'

const chain: readonly DocumentMigration[] = [
  { from: 1, summary: 'rename title to name', migrate: ({ title, ...rest }) => ({ ...rest, name: title }) },
  { from: 2, summary: 'count layers', migrate: (document) => ({ ...document, count: 1 }) },
]

describe('document migrations', () => {
  it('lead from version 1 to the current version without a gap', () => {
    expect(() => assertConsecutive(documentMigrations, documentVersion)).not.toThrow()
  })

  it('run from the document’s version on, and stamp each version', () => {
    expect(migrateDocument({ version: 1, title: 'Digits' }, 1, chain)).toEqual({
      version: 3,
      name: 'Digits',
      count: 1,
    })
    expect(migrateDocument({ version: 2, name: 'Digits' }, 2, chain)).toEqual({
      version: 3,
      name: 'Digits',
      count: 1,
    })
    expect(migrateDocument({ version: 3 }, 3, chain)).toEqual({ version: 3 })
  })

  it('refuse a list with a gap, out of order, or of the wrong length', () => {
    expect(() => assertConsecutive(chain.toReversed(), 3)).toThrow('starts at version 2, not 1')
    expect(() => assertConsecutive(chain.slice(1), 2)).toThrow('starts at version 2, not 1')
    expect(() => assertConsecutive(chain, 2)).toThrow('lead to version 3, not 2')
  })
})
