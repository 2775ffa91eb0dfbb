import path from 'node:path'
import { ProblemError, problem } from '../../../src-core/problems.ts'
import { asUtf8, type TextEncoding } from '../csv/utf8-text.ts'
import { openSource, piecesOf } from '../source-file.ts'

/**
 * Reads a text character by character (as Unicode counts them), in memory that does not grow with the file. Line breaks of
 * every kind arrive as one "\n", a byte order mark not at all.
 * @throws ProblemError text.encoding
 */
export async function readCharacters(
  file: string,
  encoding: TextEncoding,
  take: (character: string) => void,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const source = openSource(file)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let afterReturn = false
  const takeAll = (text: string) => {
    for (const character of text) {
      // The line feed of a pair has been taken already, with its carriage return.
      if (!(character === '\n' && afterReturn)) take(character === '\r' ? '\n' : character)
      afterReturn = character === '\r'
    }
  }
  try {
    for await (const piece of asUtf8(piecesOf(source.stream), encoding)) {
      takeAll(decoder.decode(piece, { stream: true }))
      onProgress(source.fractionRead())
    }
  } catch (error) {
    throw isEncodingProblem(error) ? wrongEncoding(file, error) : error
  }
}

function isEncodingProblem(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.problem.code === 'csv.encoding'
}

function wrongEncoding(file: string, cause: ProblemError): ProblemError {
  const { message } = cause.problem
  return new ProblemError(
    problem(
      'text.encoding',
      `${path.basename(file)}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
      {
        hint: 'Save the text as UTF-8 and import it again.',
      },
    ),
    { cause },
  )
}
