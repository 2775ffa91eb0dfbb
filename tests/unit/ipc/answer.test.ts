import { beforeEach, describe, expect, it } from 'vitest'
import { failure, ProblemError, problem, success } from '../../../src-core/problems.ts'
import { answer, type Handlers } from '../../../src-main/ipc/answer.ts'

type Remove = Handlers['projects.remove']

const logged: unknown[] = []
const log = { error: (_message: string, cause: unknown) => logged.push(cause) }
beforeEach(() => {
  logged.length = 0
})

const call = (input: unknown, handler: Remove) =>
  answer('projects.remove', { 'projects.remove': handler }, input, log)

const unreachable: Remove = () => {
  throw new Error('this handler must not be reached')
}

describe('the answer to a call', () => {
  it('is the handler’s value, for the input as the contract parses it', async () => {
    const seen: unknown[] = []
    const answered = await call({ projectId: 3, stray: 'field' }, (input) => {
      seen.push(input)
      return success({})
    })
    expect(answered).toEqual({ ok: true, value: {} })
    expect(seen).toEqual([{ projectId: 3 }])
  })

  it('is the handler’s problems', async () => {
    const gone = problem('workspace.notFound', 'There is no project 3.')
    expect(await call({ projectId: 3 }, () => failure(gone))).toEqual({ ok: false, problems: [gone] })
  })

  it.each([undefined, null, 7, 'x', {}, { projectId: 'three' }, { projectId: 0 }, { projectId: 1.5 }])(
    'to the bad input %o names the channel and reaches no handler',
    async (input) => {
      expect(await call(input, unreachable)).toMatchObject({
        ok: false,
        problems: [{ code: 'usage.invalid', message: expect.stringContaining('projects.remove') }],
      })
      expect(logged).toEqual([])
    },
  )

  it('is the problem that something could only throw', async () => {
    const full = problem('workspace.diskFull', 'The disk is full.')
    const answered = await call({ projectId: 3 }, () => {
      throw new ProblemError(full)
    })
    expect(answered).toEqual({ ok: false, problems: [full] })
    expect(logged).toEqual([])
  })

  it('is a plain sentence for a bug, whose details go to the log only', async () => {
    const error = new TypeError('cannot read properties of undefined')
    const answered = await call({ projectId: 3 }, () => Promise.reject(error))
    expect(answered).toMatchObject({ ok: false, problems: [{ code: 'internal.bug' }] })
    expect(JSON.stringify(answered)).not.toContain('undefined')
    expect(logged).toEqual([error])
  })
})
