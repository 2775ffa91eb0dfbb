import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { channels, droppedChannel, pushNames } from '../../../src-core/ipc/channels.ts'
import { contract, pushes } from '../../../src-core/ipc/contract.ts'

/** Electron's side of the preload script: the edge of the world, so it is played here. */
const electron = vi.hoisted(() => {
  const exposed = new Map<string, unknown>()
  const calls: unknown[][] = []
  const factors: number[] = []
  const listeners = new Map<string, ((event: unknown, value: unknown) => void)[]>()
  return {
    exposed,
    calls,
    factors,
    listeners,
    webFrame: { setZoomFactor: (factor: number) => factors.push(factor) },
    // Files that a page made itself have no path.
    webUtils: { getPathForFile: (file: { path?: string }) => file.path ?? '' },
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => exposed.set(name, api) },
    ipcRenderer: {
      invoke: (...call: unknown[]) => {
        calls.push(call)
        return Promise.resolve('answer')
      },
      on: (name: string, listener: (event: unknown, value: unknown) => void) =>
        listeners.set(name, [...(listeners.get(name) ?? []), listener]),
      off: (name: string, listener: unknown) =>
        listeners.set(
          name,
          (listeners.get(name) ?? []).filter((each) => each !== listener),
        ),
    },
  }
})
vi.mock('electron', () => electron)

interface Exposed {
  invoke: Record<string, (input: unknown) => Promise<unknown>>
  on: Record<string, (listener: (value: unknown) => void) => () => void>
  dropFiles: (files: readonly object[]) => Promise<unknown>
  setScale: (scale: number) => void
}
let bridge: Exposed

function isExposed(value: unknown): value is Exposed {
  return typeof value === 'object' && value !== null && 'invoke' in value && 'on' in value
}

beforeAll(async () => {
  await import('../../../src-preload/index.ts')
  const exposed = electron.exposed.get('layerloom')
  if (!isExposed(exposed)) throw new Error('the preload script exposes nothing')
  bridge = exposed
})
beforeEach(() => {
  electron.calls.length = 0
})

describe('what the preload script exposes', () => {
  it('is one object with nothing but its four parts', () => {
    expect([...electron.exposed.keys()]).toEqual(['layerloom'])
    expect(Object.keys(bridge)).toEqual(['invoke', 'on', 'dropFiles', 'setScale'])
  })

  it('has exactly the channels and pushes of the contract', () => {
    // Pages cannot name the path of a file: only dropFiles below uses the last channel.
    const invoked = Object.keys(contract).filter((channel) => channel !== droppedChannel)
    expect(Object.keys(bridge.invoke).sort()).toEqual(invoked.sort())
    expect(Object.keys(bridge.on).sort()).toEqual(Object.keys(pushes).sort())
    expect([...channels].sort()).toEqual(invoked.sort())
    expect([...pushNames].sort()).toEqual(Object.keys(pushes).sort())
  })

  it('passes on the paths of files that have one', async () => {
    await bridge.dropFiles([{ path: '/data/points.csv' }, {}, { path: '/data/labels.idx' }])
    expect(electron.calls).toEqual([[droppedChannel, { paths: ['/data/points.csv', '/data/labels.idx'] }]])
  })

  it('keeps the size of everything within what can be read', () => {
    for (const scale of [1.25, 0.01, 100]) bridge.setScale(scale)
    expect(electron.factors).toEqual([1.25, 0.5, 3])
  })

  it.each([...channels])('%s passes its input on, and nothing else', async (channel) => {
    const input = { some: 'input' }
    expect(await bridge.invoke[channel]?.(input)).toBe('answer')
    expect(electron.calls).toEqual([[channel, input]])
  })

  it.each([...pushNames])(
    '%s reaches a listener, without Electron’s event, until it is given back',
    (name) => {
      const heard: unknown[][] = []
      const stop = bridge.on[name]?.((...values) => heard.push(values))
      const tell = (value: unknown) => {
        for (const listener of electron.listeners.get(name) ?? []) listener({ sender: 'secret' }, value)
      }
      tell(1)
      stop?.()
      tell(2)
      expect(heard).toEqual([[1]])
    },
  )
})
