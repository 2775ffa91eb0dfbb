import { statSync } from 'node:fs'
import path from 'node:path'
import { failure, problem, type Result } from '../../src-core/problems.ts'
import { csvImporter } from './csv/csv-importer.ts'
import { idxImporter } from './idx/idx-importer.ts'
import type { DatasetSource, Importer, ImportOptions } from './importer.ts'
import { explainingSourceErrors, readHead } from './source-file.ts'
import { textImporter } from './text/text-importer.ts'

/** Every format, the surest signature first. */
export const importers: readonly Importer[] = [idxImporter, textImporter, csvImporter]

const headLength = 4096

/**
 * Looks at a data file (plain or packed with gzip) with the importer that knows its format.
 * Problems: file.notFound, file.unreadable, dataset.unknownFormat, and those of the format.
 */
export async function openDatasetFile(
  file: string,
  options: ImportOptions = {},
): Promise<Result<DatasetSource>> {
  const status = statSync(file, { throwIfNoEntry: false })
  if (status === undefined) return failure(problem('file.notFound', `There is no file ${file}.`))
  if (!status.isFile()) {
    const hint = 'Choose a table (CSV), a text or an IDX file.'
    return failure(problem('file.unreadable', `${file} is not a file.`, { hint }))
  }
  return explainingSourceErrors(file, async () => {
    const head = await readHead(file, headLength)
    const asked = options.text === undefined ? undefined : textImporter
    const importer = asked ?? importers.find((candidate) => candidate.matches(path.basename(file), head))
    return importer === undefined ? failure(unknownFormat(file)) : importer.open(file, options)
  })
}

function unknownFormat(file: string) {
  return problem('dataset.unknownFormat', `${path.basename(file)} is in no format that can be imported.`, {
    hint: 'LayerLoom reads tables (CSV, TSV), texts (TXT) and IDX files (as MNIST is published), plain or packed with gzip.',
  })
}
