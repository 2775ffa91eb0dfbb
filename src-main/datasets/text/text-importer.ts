import path from 'node:path'
import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'
import { failure, type Problem, problem, type Result, success } from '../../../src-core/problems.ts'
import { looksLikeTable } from '../csv/sniff-delimiter.ts'
import { detectEncoding, type TextEncoding } from '../csv/utf8-text.ts'
import type { ColumnData, DatasetSource, Importer, ImportOptions, ReadResult } from '../importer.ts'
import { baseName, explainingSourceErrors, readHead } from '../source-file.ts'
import { readCharacters } from './read-characters.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'
import { WindowWriter } from './window-writer.ts'

export const defaultWindowLength = 64
export const defaultVocabularySize = 256

/**
 * Texts for models that predict the next character. Every row is a window of the text ("text") and the same window one
 * character further on ("next"). The file is read twice: once to find the characters, once to number them.
 */
export const textImporter: Importer = {
  format: 'text',
  // Tables are called .txt too.
  matches: (fileName, head) =>
    /\.(txt|text)(\.gz)?$/i.test(fileName) && !looksLikeTable(new TextDecoder().decode(head)),
  open: (file, options) => explainingSourceErrors(file, () => openText(file, options)),
}

interface Text {
  readonly file: string
  readonly encoding: TextEncoding
  readonly vocabulary: Vocabulary
  readonly characters: number
  readonly windowLength: number
}

async function openText(file: string, options: ImportOptions): Promise<Result<DatasetSource>> {
  const encoding = detectEncoding(await readHead(file, 4096))
  if (encoding === undefined) return failure(wrongEncoding(file))
  const counts = new Map<string, number>()
  let characters = 0
  const count = (character: string) => {
    characters += 1
    counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  await readCharacters(file, encoding, count, (fraction) => options.onProgress?.(fraction / 2))
  const { windowLength = defaultWindowLength, vocabularySize = defaultVocabularySize } = options.text ?? {}
  const wrong = textProblem(file, counts, characters, windowLength) ?? targetProblem(options.target)
  if (wrong) return failure(wrong)
  const vocabulary = vocabularyOf(counts, vocabularySize)
  const text: Text = { file, encoding, vocabulary, characters, windowLength }
  const columns = ['text', 'next'].map((name) => column(name, text))
  return success({
    format: 'text',
    suggestedName: baseName(file),
    description: `Imported from ${path.basename(file)}, in windows of ${windowLength} characters`,
    columns,
    defaultTarget: options.target ?? 'next',
    read: (take) => explainingSourceErrors(file, () => readWindows(text, columns, options, take)),
  })
}

function column(name: string, { vocabulary, windowLength }: Text): ColumnSpec {
  const unknown = { minimum: null, maximum: null, mean: null, standardDeviation: null }
  return {
    name,
    type: 'tokens',
    dtype: 'int32',
    shape: [windowLength],
    categories: [...vocabulary.tokens],
    statistics: { ...unknown, missing: 0, counts: [...vocabulary.counts] },
  }
}

/** As many whole windows as there are, with a character behind each. */
function rowsOf({ characters, windowLength }: Pick<Text, 'characters' | 'windowLength'>): number {
  return Math.floor((characters - 1) / windowLength)
}

async function readWindows(
  text: Text,
  columns: readonly ColumnSpec[],
  options: ImportOptions,
  take: (chunk: readonly ColumnData[]) => void,
): Promise<Result<ReadResult>> {
  const { file, encoding, vocabulary, windowLength } = text
  const places = new Map(vocabulary.tokens.map((token, place) => [token, place]))
  const rare = vocabulary.tokens.length - 1
  const writer = new WindowWriter(rowsOf(text), windowLength, take)
  let characters = 0
  const write = (character: string) => {
    characters += 1
    writer.add(places.get(character) ?? rare)
  }
  await readCharacters(file, encoding, write, (fraction) => options.onProgress?.(0.5 + fraction / 2))
  if (characters !== text.characters) {
    return failure(
      problem('file.unreadable', `${path.basename(file)} was changed while it was imported.`, {
        hint: 'Import it again when nothing writes to it.',
      }),
    )
  }
  return success({ rows: rowsOf(text), columns })
}

function textProblem(
  file: string,
  counts: ReadonlyMap<string, number>,
  characters: number,
  windowLength: number,
): Problem | undefined {
  const name = path.basename(file)
  if (characters === 0) return problem('text.empty', `The text ${name} is empty.`)
  const [only] = counts.keys()
  if (counts.size === 1) {
    return problem(
      'text.oneCharacter',
      `The text ${name} holds nothing but ${JSON.stringify(only)}, ${characters} times.`,
      { hint: 'There is nothing to learn from it; choose another text.' },
    )
  }
  if (characters > windowLength) return undefined
  return problem(
    'text.tooShort',
    `The text ${name} has ${characters} characters; a window of ${windowLength} and the character after it take ${windowLength + 1}.`,
    { hint: 'Choose a longer text, or shorter windows.' },
  )
}

function targetProblem(target: string | undefined): Problem | undefined {
  if (target === undefined || target === 'next' || target === 'text') return undefined
  return problem(
    'csv.target',
    `There is no column "${target}" to predict; a text has the columns "text" and "next".`,
  )
}

function wrongEncoding(file: string): Problem {
  return problem('text.encoding', `${path.basename(file)} is not text in UTF-8 or UTF-16.`, {
    hint: 'Save the text as UTF-8 and import it again.',
  })
}
