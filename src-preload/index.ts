import { contextBridge, ipcRenderer } from 'electron'
import { channels, pushNames } from '../src-core/ipc/channels.ts'

// One method per channel of the contract and `on` for pushes: see Bridge in src-core/ipc/contract.ts.
// Nothing here looks at the values: main parses inputs, the renderer parses outputs.

const invoke = Object.fromEntries(
  channels.map((channel) => [channel, (input: unknown) => ipcRenderer.invoke(channel, input)]),
)

const on = Object.fromEntries(
  pushNames.map((name) => [
    name,
    (listener: (value: unknown) => void) => {
      const forward = (_event: unknown, value: unknown) => listener(value)
      ipcRenderer.on(name, forward)
      return () => {
        ipcRenderer.off(name, forward)
      }
    },
  ]),
)

contextBridge.exposeInMainWorld('layerloom', { invoke, on })
