import { describe, expect, it } from 'vitest'
import { type ProblemCode, problem, problemCodes } from '../../../src-core/problems.ts'
import { exitCodeFor } from '../../../src-main/cli/exit-codes.ts'

const isCode = (code: string): code is ProblemCode => code in problemCodes
const codes = (...list: ProblemCode[]) => list.map((code) => problem(code, 'A sentence.'))

describe('exit codes', () => {
  it('are 0 without problems, and with warnings only', () => {
    expect(exitCodeFor([])).toBe(0)
    expect(exitCodeFor([{ ...problem('graph.unusedOutput', 'x'), severity: 'warning' }])).toBe(0)
  })

  it.each([
    'graph.cycle',
    'loss.head',
    'document.truncated',
    'csv.ragged',
    'file.notFound',
    'run.diverged',
  ] as const)('are 1 for the user’s input: %s', (code) => expect(exitCodeFor(codes(code))).toBe(1))

  it('are 2 for a command that was not understood', () => {
    expect(exitCodeFor(codes('usage.invalid'))).toBe(2)
  })

  it.each([
    'workspace.locked',
    'workspace.diskFull',
    'run.engineDied',
    'internal.bug',
    'file.notWritten',
  ] as const)('are 3 for the environment or a bug: %s', (code) => expect(exitCodeFor(codes(code))).toBe(3))

  it('tell the gravest of several', () => {
    expect(exitCodeFor(codes('graph.cycle', 'workspace.locked', 'usage.invalid'))).toBe(3)
  })

  it('exist for every code', () => {
    for (const code of Object.keys(problemCodes).filter(isCode)) {
      expect([1, 2, 3]).toContain(exitCodeFor(codes(code)))
    }
  })
})
