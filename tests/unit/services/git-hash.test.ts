import { expect, it } from 'vitest'
import { gitBlobHash } from '../../../src-main/services/git-hash.ts'

// Expected values are those of `git hash-object --stdin`.
it.each([
  ['', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
  ['hello\n', 'ce013625030ba8dba906f756967f9e9ca394464a'],
  ['größer\n', '21aa18da71f69f2f430cb08b3790302a3fd8b7d7'],
])('names %j as git does', (text, hash) => {
  expect(gitBlobHash(text)).toBe(hash)
})
