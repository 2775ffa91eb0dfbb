import type { Command } from 'commander'
import { wholeNumber } from './number-options.ts'
import type { Execute } from './program.ts'

/** Commands that write pictures of trained runs. */
export function addPictureCommands(program: Command, execute: Execute, runHelp: string): void {
  program
    .command('sample')
    .description('draw new pictures with a trained variational autoencoder or GAN into a PNG file')
    .requiredOption('--run <run>', runHelp)
    .requiredOption('-o, --output <file>', 'the PNG file')
    .option('--count <n>', 'how many; with --grid, along one side', wholeNumber(1, 400))
    .option('--seed <n>', 'seed of what is drawn', wholeNumber(0, 2 ** 31 - 1))
    .option('--grid', 'a grid over the plane of two latent values instead of random ones')
    .action((options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/pictures.ts')).sample(context, options),
      ),
    )
  program
    .command('reconstruct')
    .description('write images of the test data and their reconstructions by an autoencoder to a PNG file')
    .requiredOption('--run <run>', runHelp)
    .requiredOption('-o, --output <file>', 'the PNG file')
    .option('--count <n>', 'how many', wholeNumber(1, 400))
    .option('--seed <n>', 'seed of which images and of their noise', wholeNumber(0, 2 ** 31 - 1))
    .action((options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/pictures.ts')).reconstruct(context, options),
      ),
    )
}
