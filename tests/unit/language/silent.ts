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
  { files: /^src-core\/templates\//, why: 'a catalogue with translations of its own' },
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
