import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { channels, droppedChannel } from '../../src-core/ipc/channels.ts'
import { failure, problem } from '../../src-core/problems.ts'
import { isOwnAddress } from '../window/app-origin.ts'
import { answer, type ErrorLog, type Handlers } from './answer.ts'

/**
 * Puts a handler behind every channel of the contract. Only the main frame of one of the app's own pages is
 * answered; `developmentServer` is an origin that counts as the app's own while developing.
 */
export function registerHandlers(handlers: Handlers, log: ErrorLog, developmentServer?: string): void {
  for (const channel of [...channels, droppedChannel]) {
    ipcMain.handle(channel, (event, input: unknown) => {
      if (isTrusted(event, developmentServer)) return answer(channel, handlers, input, log)
      log.error(`"${channel}" was called from outside the app`, event.senderFrame?.url)
      return failure(problem('usage.invalid', 'This page may not talk to LayerLoom.'))
    })
  }
}

function isTrusted(event: IpcMainInvokeEvent, developmentServer?: string): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isOwnAddress(frame.url, developmentServer)
}
