import { commandList } from './command-list.ts'
import type { CommandName } from './command-names.ts'

/** Does what a menu item, a key or a choice of the command palette stands for; nothing while it is not available. */
export function runCommand(name: CommandName): void {
  const command = commandList[name]
  if (command.unavailable?.() === undefined) command.run()
}

/** Why a command cannot be used now; undefined when it can. */
export function whyUnavailable(name: CommandName): string | undefined {
  return commandList[name].unavailable?.()
}
