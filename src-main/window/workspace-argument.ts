import path from 'node:path'

/** The workspace file named on the app's command line, as `--workspace FILE` or `--workspace=FILE`. */
export function workspaceArgument(commandLine: readonly string[]): string | undefined {
  for (const [index, argument] of commandLine.entries()) {
    const named = argument.startsWith('--workspace=')
      ? argument.slice('--workspace='.length)
      : argument === '--workspace'
        ? commandLine[index + 1]
        : undefined
    if (named !== undefined && named !== '') return path.resolve(named)
  }
  return undefined
}
