import type { Command } from 'commander'
import type { Execute } from './program.ts'

/** The command that compares two models. */
export function addDiffCommand(program: Command, execute: Execute, documentHelp: string): void {
  const subject = `${documentHelp}, or the number of a run`
  program
    .command('diff')
    .description('tell what differs between two documents or runs; exits with 0 same, 1 different, 2 trouble')
    .argument('<before>', subject)
    .argument('<after>', subject)
    .action((before: string, after: string, _options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/diff.ts')).diff(context, before, after),
      ),
    )
}
