import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { channels, pushNames } from '../../../src-core/ipc/channels.ts'
import { contract, pushes } from '../../../src-core/ipc/contract.ts'

/** Electron's side of the preload script: the edge of the world, so it is played here. */
const electron = vi.hoisted(() => {
  const exposed = new Map<string, unknown>()
  const calls: unknown[][] = []
  const listeners = new Map<string, ((event: unknown, value: unknown) => void)[]>()
  return {
    exposed,
    calls,
    listeners,
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
vi.mock('electron', () => ({ contextBridge: electron.contextBridge, ipcRenderer: electron.ipcRenderer }))

interface Exposed {
  invoke: Record<string, (input: unknown) => Promise<unknown>>
  on: Record<string, (listener: (value: unknown) => void) => () => void>
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
  it('is one object with nothing but `invoke` and `on`', () => {
    expect([...electron.exposed.keys()]).toEqual(['layerloom'])
    expect(Object.keys(bridge)).toEqual(['invoke', 'on'])
  })

  it('has exactly the channels and pushes of the contract', () => {
    expect(Object.keys(bridge.invoke).sort()).toEqual(Object.keys(contract).sort())
    expect(Object.keys(bridge.on).sort()).toEqual(Object.keys(pushes).sort())
    expect([...channels].sort()).toEqual(Object.keys(contract).sort())
    expect([...pushNames].sort()).toEqual(Object.keys(pushes).sort())
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
