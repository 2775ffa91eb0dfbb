import { describe, expect, it } from 'vitest'
import { type CloseChoice, CloseGuard } from '../../../src-main/window/close-guard.ts'

/** A promise that the test settles when it is time. */
function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** A window with a run in progress or not, that writes down what is done to it. */
function scene(options: { training: boolean; choice?: CloseChoice; flushFails?: boolean }) {
  const happened: string[] = []
  const idle = signal()
  const left = signal()
  const guard = new CloseGuard({
    isTraining: () => options.training,
    ask: async () => {
      happened.push('ask')
      return options.choice ?? 'cancel'
    },
    stopRuns: async () => {
      happened.push('stop')
    },
    whenIdle: () => {
      happened.push('wait')
      return idle.promise
    },
    flush: async () => {
      happened.push('flush')
      if (options.flushFails) throw new Error('the page is gone')
    },
    hide: () => happened.push('hide'),
    leave: () => {
      happened.push('leave')
      left.resolve()
    },
  })
  return { guard, happened, idle, left }
}

/** Lets every promise that can settle do so. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('closing the window', () => {
  it('stores changes and leaves, without a question, when no run is in progress', async () => {
    const { guard, happened, left } = scene({ training: false })
    expect(guard.requestClose()).toBe(false)
    await left.promise
    expect(happened).toEqual(['flush', 'leave'])
    expect(guard.requestClose()).toBe(true)
  })

  it('asks while a run is in progress, and asks once however often it is requested', async () => {
    const { guard, happened, left } = scene({ training: true, choice: 'stop' })
    guard.requestClose()
    guard.requestClose()
    await left.promise
    expect(happened).toEqual(['ask', 'hide', 'flush', 'stop', 'leave'])
  })

  it('stays after "cancel", and asks again the next time', async () => {
    const { guard, happened } = scene({ training: true, choice: 'cancel' })
    guard.requestClose()
    await settled()
    guard.requestClose()
    await settled()
    expect(happened).toEqual(['ask', 'ask'])
  })

  it('after "keep running" hides, and leaves when the run has ended', async () => {
    const { guard, happened, idle, left } = scene({ training: true, choice: 'keepRunning' })
    guard.requestClose()
    await settled()
    expect(happened).toEqual(['ask', 'hide', 'flush', 'wait'])
    idle.resolve()
    await left.promise
    expect(happened.at(-1)).toBe('leave')
  })

  it('stays when it is called back before the run has ended', async () => {
    const { guard, happened, idle } = scene({ training: true, choice: 'keepRunning' })
    guard.requestClose()
    await settled()
    guard.reopen()
    idle.resolve()
    await settled()
    expect(happened).not.toContain('leave')
  })

  it('asks again when it is to close a second time while it waits', async () => {
    const { guard, happened } = scene({ training: true, choice: 'keepRunning' })
    guard.requestClose()
    await settled()
    guard.requestClose()
    await settled()
    expect(happened.filter((what) => what === 'ask')).toHaveLength(2)
  })

  it('leaves without a question when the system insists, with the runs stopped', async () => {
    const { guard, happened, left } = scene({ training: true })
    guard.insist()
    await left.promise
    expect(happened).toEqual(['flush', 'stop', 'leave'])
  })

  it('stays when storing fails', async () => {
    const { guard, happened } = scene({ training: false, flushFails: true })
    guard.requestClose()
    await settled()
    expect(happened).toEqual(['flush'])
    expect(guard.requestClose()).toBe(false)
  })
})
