import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { documentOf, mlp } from '../../support/models.ts'
import { CliInProcess } from './cli-process.ts'

const cli = new CliInProcess()

function documentWithBlock(): string {
  const plain = documentOf('blocks', mlp(4, [8, 8], 3))
  const made = makeBlock(plain, new Set(['dense0', 'dense1']))
  if (!made.ok) throw new Error(made.problems[0]?.message)
  const file = cli.inFolder('blocks.loom.json')
  writeFileSync(file, serialiseDocument(applyEdit(plain, made.value.edit).document))
  return file
}

it('a document with blocks is right, and is summed up and drawn with its blocks opened or collapsed', async () => {
  const file = documentWithBlock()
  expect((await cli.run(['validate', file])).exitCode).toBe(0)
  const opened = await cli.run(['summary', file])
  expect(opened.out).toContain('block_1/dense0')
  const collapsed = await cli.run(['summary', file, '--blocks', 'collapsed'])
  expect(collapsed.out).not.toContain('dense0')
  expect(collapsed.out).toMatch(/block_1 .* 112\b/)
  const draw = ['export', file, '--format', 'mermaid', '-o', '-']
  expect((await cli.run(draw)).out).toContain('subgraph')
  const one = await cli.run([...draw, '--blocks', 'collapsed'])
  expect(one.out).toContain('block_1[[')
  expect(one.out).not.toContain('subgraph')
})
