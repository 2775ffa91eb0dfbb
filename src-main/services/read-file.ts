import { readFile, stat } from 'node:fs/promises'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { failure, type Problem, problem, type Result, success } from '../../src-core/problems.ts'
import { errorCode } from './error-code.ts'

/** No document that people draw comes near this; a larger file is something else. */
const largestDocument = 64 * 1024 * 1024

/** The text of a file in UTF-8. Problems: `file.notFound`, `file.unreadable`. */
export async function readTextFile(file: string, largest = largestDocument): Promise<Result<string>> {
  try {
    const { size } = await stat(file)
    if (size > largest) {
      const megabytes = (size / 1024 / 1024).toFixed(0)
      return failure(problem('file.unreadable', `"${file}" has ${megabytes} MB, which is too large for it.`))
    }
    return success(await readFile(file, 'utf8'))
  } catch (error) {
    return failure(unreadable(file, error))
  }
}

/** Reads a `*.loom.json` file; every problem names the file. Problems: as above, and those of parseDocument. */
export async function readDocumentFile(file: string): Promise<Result<ModelDocument>> {
  const read = await readDocumentText(file)
  return read.ok ? success(read.value.document) : read
}

/** The same, with the text it was read from. */
export async function readDocumentText(
  file: string,
): Promise<Result<{ readonly document: ModelDocument; readonly text: string }>> {
  const text = await readTextFile(file)
  if (!text.ok) return text
  const document = parseDocument(text.value)
  if (document.ok) return success({ document: document.value, text: text.value })
  return failure(...document.problems.map((item) => ({ ...item, message: `${file}: ${item.message}` })))
}

function unreadable(file: string, error: unknown): Problem {
  const code = errorCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return problem('file.notFound', `The file "${file}" does not exist.`, {
      hint: 'Check its name and folder.',
    })
  }
  const reason =
    code === 'EISDIR'
      ? 'it is a folder'
      : code === 'EACCES' || code === 'EPERM'
        ? 'there is no permission to read it'
        : error instanceof Error
          ? error.message
          : String(error)
  return problem('file.unreadable', `"${file}" cannot be read: ${reason}.`)
}
