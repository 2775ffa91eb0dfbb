import { type Command, InvalidArgumentError } from 'commander'
import { wholeNumber } from './number-options.ts'
import type { Execute } from './program.ts'

/** The command that writes texts with a trained run. */
export function addTextCommand(program: Command, execute: Execute, runHelp: string): void {
  program
    .command('generate')
    .description('write a text with a trained run that predicts the next character; Ctrl-C stops it')
    .requiredOption('--run <run>', runHelp)
    .option('--prompt <text>', 'what the text begins with (default: the beginning of a line)')
    .option('--length <n>', 'characters to write (default: 300)', wholeNumber(1, 20_000))
    .option(
      '--temperature <x>',
      'below 1 more careful, above 1 bolder, 0 always the likeliest (default: 0.8)',
      temperature,
    )
    .option('--top-k <n>', 'draw from so many of the likeliest; 0 is all (default: 0)', wholeNumber(0, 1e6))
    .option('--seed <n>', 'the same seed gives the same text (default: 1)', wholeNumber(0, 2 ** 31 - 1))
    .action((options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/generate.ts')).generate(context, options),
      ),
    )
}

function temperature(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= 10) return value
  throw new InvalidArgumentError('It must be a number from 0 to 10.')
}
