import type { Edit } from './document/edits.ts'

/**
 * Everything a person can do wrong and be told about. The code is stable and documented; the message names what,
 * where, expected and got; the hint says what to do; the fix, where there is one, can be applied as it stands.
 */
export const problemCodes = {
  // the drawing
  'graph.empty': 'The model has no layers.',
  'graph.noInput': 'No input layer.',
  'graph.noOutput': 'No output layer.',
  'graph.cycle': 'Layers form a cycle.',
  'graph.unconnectedInput': 'An input port has no wire.',
  'graph.doublyConnectedInput': 'A port that takes one wire has several.',
  'graph.unusedOutput': 'The result of a layer is not used.',
  'graph.danglingConnection': 'A wire names a layer or port that does not exist.',
  'graph.duplicateName': 'Two layers have the same name.',
  'graph.duplicateId': 'Two layers have the same id.',
  'block.missing': 'A layer is a block that the document does not hold.',
  'block.cycle': 'A block contains itself.',
  'block.tooLarge': 'Blocks make the model too large.',
  'block.repeat': 'What cannot stand in a row is repeated.',
  'block.layer': 'A layer stands inside of a block where it cannot.',
  'block.parameter': 'A block exposes a parameter that is not there.',
  'block.selection': 'The selected layers cannot become a block, or the layer is none.',
  'layer.unknownKind': 'The layer kind is not known to this version.',
  'layer.badParameter': 'A parameter has a value it cannot take.',
  'layer.unknownParameter': 'A parameter is not known to this layer kind.',
  'layer.bypassed': 'A layer is bypassed where it cannot be, or loses inputs by it.',
  'shape.mismatch': 'The shapes that meet at a layer do not fit.',
  'shape.rank': 'A layer got a tensor with the wrong number of axes.',
  'shape.tooSmall': 'A window is larger than what it slides over.',
  'mask.ignored': 'A layer treats padding like data.',
  // the drawing against the data
  'data.missing': 'No dataset is bound.',
  'data.inputShape': 'The dataset does not have the shape of the input layer.',
  'data.targetMissing': 'No target column.',
  'data.tooManyClasses': 'The target has more classes than the head has units.',
  'data.unitsMismatch': 'The head does not have as many units as the target.',
  'data.column': 'A column is not in the dataset.',
  'data.tooFewRows': 'There are too few rows for the split.',
  'data.vocabulary': 'A column holds numbers that a layer does not know.',
  'loss.head': 'The loss does not fit the head.',
  'loss.target': 'The loss does not fit the target.',
  'metric.unfit': 'The metric cannot be measured at this output.',
  'recipe.drawing': 'The drawing does not fit the recipe of its training.',
  // files
  'file.notFound': 'The file does not exist.',
  'file.unreadable': 'The file cannot be read.',
  'file.notWritten': 'The file could not be written.',
  'file.changedOutside': 'Another program changed the file.',
  'document.notJson': 'The file is not a model document.',
  'document.truncated': 'The file ends in the middle.',
  'document.foreign': 'The file is JSON, but not a LayerLoom document.',
  'document.futureVersion': 'The document was written by a newer version.',
  'document.invalid': 'The document has a field it cannot have.',
  'csv.empty': 'The table has no rows.',
  'csv.ragged': 'A row has another number of fields than the header.',
  'csv.notNumber': 'A number column holds text.',
  'csv.quotes': 'A quoted field is not closed.',
  'csv.target': 'The target column is not in the table.',
  'csv.missingValues': 'Values are missing.',
  'csv.encoding': 'The file is not text in UTF-8 or UTF-16.',
  'text.empty': 'The text has no characters.',
  'text.encoding': 'The file is not text in UTF-8 or UTF-16.',
  'text.tooShort': 'The text is shorter than one window.',
  'text.oneCharacter': 'The text consists of one character.',
  'idx.magic': 'The file is not an IDX file.',
  'idx.truncated': 'The IDX file is shorter than its header says.',
  'idx.trailing': 'The IDX file is longer than its header says.',
  'idx.labelCount': 'Images and labels differ in number.',
  'dataset.unknownFormat': 'The file is in no format that can be imported.',
  'dataset.notFound': 'No such dataset.',
  'dataset.exists': 'A dataset with this name exists.',
  'clipboard.foreign': 'The clipboard does not hold layers.',
  'link.refused': 'The link does not lead to a page in the web.',
  // workspace
  'workspace.locked': 'Another program holds the workspace.',
  'workspace.readOnly': 'The workspace cannot be written.',
  'workspace.corrupted': 'The workspace file is damaged.',
  'workspace.newer': 'The workspace was written by a newer version.',
  'workspace.diskFull': 'The disk is full.',
  'workspace.notFound': 'No such entry in the workspace.',
  'workspace.held': 'Another LayerLoom has the project open.',
  'workspace.sqlite': 'SQLite cannot run here.',
  // runs
  'run.config': 'A training setting has a value it cannot take.',
  'run.diverged': 'The loss is no longer a number, or grew without bound.',
  'run.engineDied': 'The engine process ended unexpectedly.',
  'run.outOfMemory': 'There is not enough memory.',
  'run.deviceLost': 'The device that trained is gone.',
  'run.engineUnavailable': 'The engine that was asked for does not run here.',
  'run.engineFailed': 'The engine reported an error.',
  'engine.notInstalled': 'The engine could not be installed.',
  'run.stopped': 'The run was stopped.',
  'run.busy': 'A run is already in progress.',
  'run.noWeights': 'The run has no trained weights yet.',
  'predict.input': 'The input does not fit the model.',
  'pictures.none': 'The model makes no pictures of this kind.',
  'predict.notText': 'The model does not write text.',
  'preview.layer': 'The layer that is to be shown is not in the model.',
  'preview.weights': 'The weights of the run are not those of the drawing.',
  'usage.invalid': 'The command was not understood.',
  'internal.bug': 'Something went wrong inside LayerLoom.',
} as const

export type ProblemCode = keyof typeof problemCodes
export type Severity = 'error' | 'warning'

/** A change that mends the problem, ready to be applied to the document. */
export interface Fix {
  readonly label: string
  readonly edits: readonly Edit[]
}

export interface Problem {
  readonly code: ProblemCode
  readonly severity: Severity
  /** One sentence: what, where, expected, got. */
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  /** Id of the layer it is shown on. */
  readonly layerId?: string
  /** Where that layer is a block: ids of the layers inside that lead to the one it is about, and its own. */
  readonly inner?: readonly string[]
  /** Port of that layer. */
  readonly port?: string
  /** Parameter of that layer. */
  readonly parameter?: string
  readonly fix?: Fix
  /** Further changes that mend it too, where several could be meant; only beside `fix`. */
  readonly otherFixes?: readonly Fix[]
  /** A batch size with which there would be memory enough. */
  readonly batchSize?: number
}

/** Everything that is offered to mend a problem, the likeliest first. */
export function problemFixes({ fix, otherFixes = [] }: Problem): readonly Fix[] {
  return fix ? [fix, ...otherFixes] : []
}

/** Either a value or the problems that kept it from being made. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export function success<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failure(...problems: readonly Problem[]): { ok: false; problems: readonly Problem[] } {
  return { ok: false, problems }
}

/** An error-severity problem. */
export function problem(
  code: ProblemCode,
  message: string,
  details: Partial<Omit<Problem, 'code' | 'message'>> = {},
): Problem {
  return { severity: 'error', ...details, code, message }
}

/**
 * Carries a Problem through code that can only throw (SQLite, streams). Caught at the edge and turned back into a value.
 */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options)
    this.name = 'ProblemError'
    this.problem = problem
  }
}
