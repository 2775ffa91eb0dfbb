import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

function npmTest(...filters: string[]) {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/test.mjs', ...filters], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) }
}

describe('npm test', () => {
  it('ends with the sums, alone on the last line', () => {
    expect(npmTest('tests/unit/scripts/node-modules')).toEqual({ status: 0, lastLine: '5 passed, 0 failed' })
  })

  it('fails when no test ran', () => {
    expect(npmTest('tests/no-such-file')).toEqual({ status: 1, lastLine: '0 passed, 1 failed' })
  })
})
