import type { Command } from 'commander'
import { mostDraws } from '../../src-core/preview/preview-contract.ts'
import { wholeNumber } from './number-options.ts'
import type { Execute } from './program.ts'

/** The command that shows what a layer makes of a sample. */
export function addPreviewCommand(program: Command, execute: Execute, documentHelp: string): void {
  program
    .command('preview')
    .description('write what a layer makes of one row of the data to a PNG file, and tell its numbers')
    .argument('<document>', documentHelp)
    .requiredOption('--layer <name>', 'the layer to show')
    .option('--row <n>', 'row of the dataset, counted from 1 (default: 1)', wholeNumber(1, 2 ** 31 - 1))
    .option('--dataset <name|file>', 'other data than its own')
    .option('--target <column>', 'the column to predict')
    .option('--run <run>', 'take the weights of this run (default: those that a training would begin with)')
    .option('--draws <n>', 'so many draws with noise as in training', wholeNumber(1, mostDraws))
    .option('--seed <n>', 'seed of the draws (default: 1)', wholeNumber(0, 2 ** 31 - 1))
    .requiredOption('-o, --output <file>', 'the PNG file')
    .action((document: string, options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/preview.ts')).preview(context, document, options),
      ),
    )
}
