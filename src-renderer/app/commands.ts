import { menuCommandsOverDialogs } from '../../src-core/ipc/contract.ts'
import { isTouring } from '../tour/start-tour.ts'
import { closeDialog, isDialogOpen } from '../ui/open-dialogs.ts'
import { commandList } from './command-list.ts'
import type { CommandName } from './command-names.ts'

/** Does what a menu item, a key or a choice of the command palette stands for; nothing while it is not available. */
export function runCommand(name: CommandName): void {
  const command = commandList[name]
  if (command.unavailable?.() === undefined) command.run()
}

/**
 * Does what the native menu asks for. While a dialog is open, or the tour goes on, only what is not about the project beneath
 * it; Ctrl+W closes the dialog.
 */
export function runMenuCommand(name: CommandName): void {
  if (!isDialogOpen() && !isTouring()) runCommand(name)
  else if (name === 'closeTab') closeDialog()
  else if (menuCommandsOverDialogs.has(name)) runCommand(name)
}

/** Why a command cannot be used now; undefined when it can. */
export function whyUnavailable(name: CommandName): string | undefined {
  return commandList[name].unavailable?.()
}
