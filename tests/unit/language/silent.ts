/** What the window does not say, or says by other means than `sentence`, and why. */

export const silentFiles: readonly { readonly files: RegExp; readonly why: string }[] = [
  { files: /^src-main\/cli\//, why: 'the command line speaks English' },
  { files: /^src-core\/problems\.ts$/, why: 'the meanings of codes stand in the documentation only' },
  { files: /^src-core\/(export|language)\//, why: 'exported files are in English' },
  {
    files: /^src-core\/(ipc\/(channels|contract)|preview\/picture-layers)\.ts$/,
    why: 'names that programs compare',
  },
  {
    files: /^src-core\/(autodiff|tensor-graph\/(?!safetensors))/,
    why: 'internal errors: a drawing that compiles has none',
  },
  {
    files: /^src-main\/engine\/process\/tensorflow\/operators?(\/|-node)/,
    why: 'internal errors: a drawing that compiles has none',
  },
  { files: /^src-main\/workspace\/(migrations\/|migrate|[a-z-]*repository\.ts|json-column)/, why: 'SQL' },
  {
    files: /^src-main\/datasets\/(generated\/|sample-catalogue)/,
    why: 'names in the data, and a catalogue with translations of its own',
  },
  {
    files: /^src-main\/(window|index\.ts|services\/(user-data|environment|git-hash))/,
    why: 'dialogs that ask for their translations, and names of the system',
  },
  {
    files: /^src-core\/(templates|document\/blocks\/ready)\//,
    why: 'catalogues with translations of their own',
  },
  {
    files: /^src-core\/training\/describe-settings\.ts$/,
    why: 'the window gives it phrases that are translated, which setting-phrases.test.ts compares',
  },
  {
    files: /^src-core\/(document\/(diff-text|wire-differences|migrations)|training\/set-training)\.ts$/,
    why: 'for the command line, or for code',
  },
  {
    files:
      /^src-core\/(datasets\/input-preparation|training\/(problem-schema|optimizers\/optimizer-rule))\.ts$/,
    why: 'internal errors',
  },
  {
    files: /^src-main\/(services\/(prediction-rows|encode-rows|evaluation-service)|ipc\/register)\.ts$/,
    why: 'for the command line, or for code',
  },
  {
    files: /^src-main\/engine\/(process\/onnx\/webgpu-exceptions|process\/tensorflow\/tensor-data)\.ts$/,
    why: 'reasons that the tests compare',
  },
]

export const silentProperties: readonly {
  readonly files: RegExp
  readonly keys: RegExp
  readonly why: string
}[] = [
  {
    files: /^src-main\/ipc\//,
    keys: /^(title|name|buttonLabel|defaultPath)$/,
    why: 'dialogs of the system ask for their translations',
  },
  {
    files: /^src-core\/layers\//,
    keys: /^(label|description|formula|reference|category|examples)$/,
    why: 'the catalogue of layers has translations of its own',
  },
]

/** Definitions of layers, except for what is not one. */
export const catalogueFiles =
  /^src-core\/layers\/(?!resolve-parameters|parameter-fields|expression\.ts|support\/expression\/parse-expression)/
/** What they say of shapes that do not fit; `one`, `layout` and `what` are parts of it. */
export const refusalProperties = /^(expected|hint|message|one|layout|what)$/

export const silentTexts: readonly { readonly texts: RegExp; readonly why: string }[] = [
  {
    texts:
      /^(journal_mode|auto_vacuum|foreign_keys|synchronous|application_id|page_size|BEGIN|SELECT|DELETE|VACUUM)\b/,
    why: 'SQL',
  },
  {
    texts: /^expects at every step$|^(are mirrored|become |lose |cut off$)/,
    why: 'parts of texts whose whole has a template',
  },
  { texts: /^( and \{0\} more| and |\{0\} and \{1\}( more)?)$/, why: 'lists: the translator knows them' },
  {
    texts: /^(\{0\} \((copy|generator)\)|column \{0\}|\{0\} of run \{1\}\.png)$/,
    why: 'names of documents, columns and files',
  },
  {
    texts: /^(Choose a Model to Compare With|Import a Dataset \(for IDX.*)$/,
    why: 'titles of dialogs, which ask for their translations',
  },
  { texts: /^\nimport shutil/, why: 'a program' },
  { texts: /^(expected JSON|is not JSON|not found)$/, why: 'internal errors' },
  { texts: /^([A-Z]\w+ )?a log line of run /, why: 'written to the log of the app' },
  { texts: /^(channels to places|places to channels)$/, why: 'names of nodes in a graph' },
  { texts: /^"\{0\}" was called from outside/, why: 'written to the log of the app' },
]

/** Templates of what is put together or looked up, and where: no text of the sources shows them. */
export const builtTemplates: readonly { readonly texts: readonly string[]; readonly where: string }[] = [
  {
    where:
      'src-core/compile/shape-problems.ts and metric-problems.ts: a layer or metric and what is said of it',
    texts: ['{0} {1}.'],
  },
  { where: 'the end of a list of names', texts: ['{0} more'] },
  {
    where:
      'counted(…) in src-core/compile/blocks/block-problems.ts and src-core/document/blocks/layer-face.ts',
    texts: ['{0} input', '{0} inputs', '{0} output', '{0} outputs', '{0} layer', '{0} layers'],
  },
  { where: 'plural(…) in src-main/datasets/csv/read-records.ts', texts: ['{0} field', '{0} fields'] },
  { where: 'lengthText in src-core/training/schedules/length.ts', texts: ['{0} epochs', '{0} steps'] },
  { where: 'the end of a reason in src-main/engine/process/train-job.ts', texts: ['{0} steps per run.'] },
  {
    where: 'refuseReversed(…) and requirePerChannel(…) in src-core/layers',
    texts: ['smallest area', 'smallest sigma', 'smallest scale', 'darkest value', 'mean', 'variance'],
  },
  {
    where: 'windows and spaces in src-core/layers/support',
    texts: ['kernel', 'sequence', 'image', 'volume'],
  },
  { where: 'kinds of layers in src-core/document/blocks/make-block.ts', texts: ['input', 'output'] },
  { where: 'parts of a dataset', texts: ['train', 'training', 'validation', 'test'] },
  { where: 'describe(…) in src-main/engine/process/divergence-guard.ts', texts: ['infinite'] },
  { where: 'kinds of clipping', texts: ['value', 'norm', 'global norm'] },
  { where: 'kinds of recipes', texts: ['adversarial', 'contrastive'] },
  {
    where: 'titles of metrics',
    texts: ['Accuracy', 'Loss', 'Precision', 'Recall', 'F1', 'R²', 'Perplexity', 'IoU'],
  },
  {
    where: 'layers inside of TimeDistributed, in src-core/layers/support/time-distributed.ts',
    texts: [
      'expects at every step {0} of {1} axes ({2})',
      'expects at every step {0} of at least {1} for its {2} {3}',
      'expects at every step {0} of at least {1} for its {2} {3} with gaps',
      'expects at every step a number of channels that its {0} groups divide',
      'expects at every step a number of filters that its {0} groups divide',
    ],
  },
  { where: 'EngineProcessError in src-main/engine/engine-process-error.ts', texts: ['{0} ({1})'] },
  {
    where: 'the end of a device in src-main/engine/process/engine-contenders.ts',
    texts: ['{0} thread', '{0} threads'],
  },
]
