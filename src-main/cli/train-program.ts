import { type Command, InvalidArgumentError, Option } from 'commander'
import { wholeNumber } from './number-options.ts'
import type { Execute } from './program.ts'

/** Written down here, so that help needs no more than this file; a test keeps it complete. */
const optimizerNames = [
  ...['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'rmsprop', 'adagrad', 'adadelta'],
  ...['adamax', 'nadam', 'ftrl', 'lion', 'lamb', 'adafactor'],
]

/** The command that trains, and goes on with a run. */
export function addTrainCommand(program: Command, execute: Execute, documentHelp: string): void {
  program
    .command('train')
    .description('train a model; Ctrl-C stops it and keeps a checkpoint')
    .argument('[document]', documentHelp)
    .option(
      '--resume <run>',
      'go on with a stopped, paused or failed run, with --batch-size in other batches',
    )
    .option('--dataset <name|file>', 'a dataset of the workspace, a sample that ships, or a file to import')
    .option('--target <column>', 'the column to predict')
    .option('--epochs <n>', 'how often to go through the training data', wholeNumber(1, 100_000))
    .option('--batch-size <n>', 'samples per step', wholeNumber(1, 65_536))
    .option('--learning-rate <x>', 'learning rate of the optimizer', positiveNumber)
    .addOption(new Option('--optimizer <name>', 'optimizer').choices(optimizerNames))
    .addOption(
      new Option('--clip-value <x>', 'bound every element of a gradient to this')
        .argParser(limit)
        .conflicts(['clipNorm', 'globalClipNorm']),
    )
    .addOption(
      new Option('--clip-norm <x>', 'bound the norm of every weight’s gradient to this')
        .argParser(limit)
        .conflicts('globalClipNorm'),
    )
    .addOption(
      new Option('--global-clip-norm <x>', 'bound the norm of all gradients together to this').argParser(
        limit,
      ),
    )
    .option('--accumulate <n>', 'batches per step of the optimizer', wholeNumber(1, 1000))
    .addOption(
      new Option('--schedule <name>', 'how the learning rate changes').choices([
        'constant',
        'step',
        'piecewise',
        'exponential',
        'inverseTime',
        'polynomial',
        'cosine',
        'cosineRestarts',
        'oneCycle',
        'cyclical',
        'reduceOnPlateau',
      ]),
    )
    .option('--warmup-steps <n>', 'steps over which the learning rate rises first', wholeNumber(0, 1e9))
    .option(
      '--early-stopping <patience>',
      'end after so many epochs without a better validation loss, and keep the best weights',
      wholeNumber(1, 100_000),
    )
    .addOption(
      new Option('--engine <name>', 'where to train').choices([
        'auto',
        'cpu',
        'webgpu',
        'cuda',
        'tensorflow',
      ]),
    )
    .addOption(
      new Option('--precision <name>', 'mixed16: float16 where it pays, with float32 weights').choices([
        'float32',
        'mixed16',
      ]),
    )
    .option('--seed <n>', 'seed of weights, split, shuffling and noise', wholeNumber(0, 2 ** 31 - 1))
    .addOption(
      new Option('--class-weight <how>', 'balanced: every class counts the same; none: every row').choices([
        'balanced',
        'none',
      ]),
    )
    .option(
      '--set <setting=value>',
      'any other training setting of the document, e.g. weightAverage.momentum=0.99; may be repeated',
      (line: string, before: readonly string[] | undefined) => [...(before ?? []), line],
    )
    .option('--save <name>', 'name of the run, and of a project that keeps the document')
    .action((document: string | undefined, options: Record<string, unknown>, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/train-or-resume.ts')).trainOrResume(context, document, options),
      ),
    )
}

function positiveNumber(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && value <= 10) return value
  throw new InvalidArgumentError('It must be a number above 0 and at most 10.')
}

function limit(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value
  throw new InvalidArgumentError('It must be a number above 0.')
}
