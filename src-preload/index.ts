import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron'
import { channels, droppedChannel, pushNames } from '../src-core/ipc/channels.ts'

// One method per channel of the contract, `on` for pushes, `dropFiles` for what was dropped, `setScale`: see Bridge in src-core/ipc/contract.ts.
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

// The paths come from the files that were dropped: a page cannot make a File of a path.
const dropFiles = (files: readonly File[]) => {
  const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '')
  return ipcRenderer.invoke(droppedChannel, { paths })
}

const setScale = (scale: number) => webFrame.setZoomFactor(Math.min(3, Math.max(0.5, scale)))

contextBridge.exposeInMainWorld('layerloom', { invoke, on, dropFiles, setScale })
