import { Argument, Command, Option } from 'commander'
import { blockViews } from '../../src-core/export/layer-text.ts'
import type { CommandContext } from './command-context.ts'
import { addDiffCommand } from './diff-program.ts'
import { wholeNumber } from './number-options.ts'
import { addPictureCommands } from './picture-program.ts'
import { addPreviewCommand } from './preview-program.ts'
import type { Reply } from './reply.ts'
import { addTextCommand } from './text-program.ts'
import { addTrainCommand } from './train-program.ts'

export interface CommonOptions {
  readonly workspace?: string
}

/** Runs a command's work with its context and says its reply. */
export type Execute = (
  options: CommonOptions,
  work: (context: CommandContext) => Promise<Reply>,
) => Promise<void>

export interface ProgramOutput {
  writeOut(text: string): void
  writeErr(text: string): void
}

/**
 * Every command with its arguments and help. The commands themselves are loaded when they are called, so that
 * `--help` and mistakes are answered at once.
 */
export function buildProgram(execute: Execute, output: ProgramOutput): Command {
  const program = new Command('layerloom')
    .description('Design, train and export neural networks on this machine.')
    .option('--json', 'print the result as one JSON object on standard output, and nothing else there')
    .option(
      '--workspace <file>',
      "workspace file (default: $LAYERLOOM_WORKSPACE, or the app's own workspace)",
    )
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .configureOutput(output)
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the input is wrong, 2 the command was not understood, 3 the environment or a bug.',
    )
  addMachineCommands(program, execute)
  addModelCommands(program, execute)
  addRunCommands(program, execute)
  addDatasetCommands(program, execute)
  return program
}

function addMachineCommands(program: Command, execute: Execute): void {
  program
    .command('doctor')
    .description('check that everything LayerLoom needs works on this machine')
    .action((_options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/doctor.ts')).doctor(context),
      ),
    )
  addEngineCommands(program, execute)
}

function addEngineCommands(program: Command, execute: Execute): void {
  const engines = program
    .command('engines')
    .description('list the training engines and the devices they run on; install and remove one')
    .action((_options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/engines.ts')).engines(context),
      ),
    )
  const name = () => new Argument('<name>', 'the engine').choices(['tensorflow', 'cuda'])
  engines
    .command('install')
    .description(
      "download what an engine needs: TensorFlow's libraries with pip, or onnxruntime's CUDA libraries",
    )
    .addArgument(name())
    .action((name: string, _options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/engines.ts')).installEngine(context, name),
      ),
    )
  engines
    .command('remove')
    .description('remove what was installed')
    .addArgument(name())
    .action((name: string, _options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/engines.ts')).removeEngine(context, name),
      ),
    )
}

const documentHelp = 'a *.loom.json file, or the id of a template'

function addModelCommands(program: Command, execute: Execute): void {
  program
    .command('validate')
    .description('check a model document, and its fit to its data, and name every problem')
    .argument('<document>', documentHelp)
    .option('--dataset <name|file>', 'data to check it against (default: its own, if the workspace has them)')
    .option('--target <column>', 'the column to predict')
    .action((document: string, options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/validate.ts')).validate(context, document, options),
      ),
    )
  program
    .command('summary')
    .description('list the layers with their shapes, parameters and costs')
    .argument('<document>', documentHelp)
    .addOption(blocksOption())
    .action((document: string, options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/summary.ts')).summary(context, document, options),
      ),
    )
  addDiffCommand(program, execute, documentHelp)
  addTrainCommand(program, execute, documentHelp)
  addPreviewCommand(program, execute, documentHelp)
  addExport(program, execute)
}

function blocksOption(): Option {
  return new Option('--blocks <name>', 'show the layers inside of blocks, or each block as one').choices([
    ...blockViews,
  ])
}

function addExport(program: Command, execute: Execute): void {
  program
    .command('export')
    .description('write a model as a diagram, an ONNX model or a document')
    .argument('<document|run>', `${documentHelp}, or the number of a run`)
    .addOption(
      new Option('--format <name>', 'what to write')
        .choices(['mermaid', 'onnx', 'json'])
        .makeOptionMandatory(),
    )
    .requiredOption('-o, --output <file>', 'where to write it; - is standard output (not with --json)')
    .addOption(
      new Option('--direction <name>', 'of the diagram: top to bottom or left to right').choices([
        'TB',
        'LR',
      ]),
    )
    .addOption(blocksOption())
    .action((subject: string, options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/export.ts')).exportModel(context, subject, options),
      ),
    )
}

function addRunCommands(program: Command, execute: Execute): void {
  const runHelp = 'the number or the name of a run; "last" is the newest'
  program
    .command('evaluate')
    .description('measure a trained run on its test data, or on another dataset')
    .argument('<run>', runHelp)
    .option('--dataset <name|file>', 'measure on all rows of this dataset')
    .addOption(
      new Option('--part <name>', "part of the run's own dataset")
        .choices(['train', 'validation', 'test', 'all'])
        .conflicts('dataset'),
    )
    .action((run: string, options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/evaluate.ts')).evaluate(context, run, options),
      ),
    )
  program
    .command('predict')
    .description('predict with a trained run')
    .argument('<run>', runHelp)
    .argument(
      '<input>',
      'a CSV or JSON file, a row as JSON, DATASET:ROW or DATASET:FIRST-LAST (counted from 1)',
    )
    .action((run: string, input: string, _options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/predict.ts')).predict(context, run, input),
      ),
    )
  addPictureCommands(program, execute, runHelp)
  addTextCommand(program, execute, runHelp)
  const runs = program.command('runs').description('look at the runs of the workspace')
  runs
    .command('list')
    .description('list all runs, the newest first')
    .action((_options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/runs.ts')).listRuns(context),
      ),
    )
  runs
    .command('show')
    .description('show everything about one run')
    .argument('<run>', runHelp)
    .action((run: string, _options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/runs.ts')).showRun(context, run),
      ),
    )
}

function addDatasetCommands(program: Command, execute: Execute): void {
  const dataset = program.command('dataset').description('bring data into the workspace and look at it')
  dataset
    .command('import')
    .description('import a CSV file, a text, or IDX images with their labels')
    .argument('<file>', 'the file; for IDX the images')
    .option('--name <name>', 'name of the dataset (default: from the file)')
    .option('--target <column>', 'the column to predict')
    .option('--labels <file>', 'the IDX labels, where their name does not follow from that of the images')
    .option('--window <n>', 'read the file as a text, so many characters a row', wholeNumber(2, 4096))
    .option(
      '--vocabulary <n>',
      'read the file as a text, and tell at most so many characters apart',
      wholeNumber(2, 65_536),
    )
    .action((file: string, options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/datasets.ts')).importDataset(context, file, options),
      ),
    )
  dataset
    .command('list')
    .description('list the datasets of the workspace and the samples that ship')
    .action((_options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/datasets.ts')).listDatasets(context),
      ),
    )
  dataset
    .command('show')
    .description('show the columns of a dataset and what is in them')
    .argument('<name>', 'name of the dataset')
    .action((name: string, _options: unknown, command: Command) =>
      execute(command.optsWithGlobals(), async (context) =>
        (await import('./commands/datasets.ts')).showDataset(context, name),
      ),
    )
}
