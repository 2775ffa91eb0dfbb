import { beforeEach, describe, expect, it, vi } from 'vitest'
import { call, subscribe } from '../../../../src-renderer/bridge/call.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

let main: MainFake
beforeEach(() => {
  main = installMain()
})

describe('asking main', () => {
  it('hands over the input and gives back the value', async () => {
    main.answer('projects.remove', () => ({ ok: true, value: {} }))
    expect(await call('projects.remove', { projectId: 7 })).toEqual({ ok: true, value: {} })
    expect(main.calls('projects.remove')).toEqual([{ projectId: 7 }])
  })

  it('gives back problems as values', async () => {
    const problem = { code: 'workspace.locked', severity: 'error', message: 'Locked.' } as const
    main.answer('projects.list', () => ({ ok: false, problems: [problem] }))
    expect(await call('projects.list', {})).toEqual({ ok: false, problems: [problem] })
  })

  it('makes a problem of an answer that is not what the contract says', async () => {
    const held = main.hold('projects.list')
    const answer = call('projects.list', {})
    held.release(JSON.parse('{"ok":true,"value":[{"id":"seven"}]}'))
    expect(await answer).toMatchObject({ ok: false, problems: [{ code: 'internal.bug' }] })
  })

  it('makes a problem of a call that breaks down', async () => {
    const answer = await call('engines.list', {})
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'internal.bug' }] })
    if (!answer.ok) expect(answer.problems[0]?.message).toContain('engines.list')
  })
})

describe('listening to main', () => {
  it('passes on what the contract allows until the subscription ends', () => {
    const listener = vi.fn()
    const stop = subscribe('menu.command', listener)
    main.push('menu.command', { command: 'undo' })
    stop()
    main.push('menu.command', { command: 'redo' })
    expect(listener.mock.calls).toEqual([[{ command: 'undo' }]])
  })

  it('keeps everything else out, and logs it', () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const listener = vi.fn()
    subscribe('menu.command', listener)
    main.push('menu.command', { command: 'formatDisk' })
    expect(listener).not.toHaveBeenCalled()
    expect(logged).toHaveBeenCalledOnce()
  })
})
