import { statSync } from 'node:fs'
import path from 'node:path'
import { failure, ProblemError, type Result } from '../../../src-core/problems.ts'
import { isPacked, openSource, piecesOf, readHead } from '../source-file.ts'
import { expectedLength, type IdxHeader, lengthProblem, readIdxHeader } from './idx-header.ts'

const longestHeader = 4 + 4 * 8

/** A byte of gzip data unpacks to at most this many (RFC 1951: 258 bytes for two bits). */
const largestExpansion = 1032

/** Reads the header and checks it against the file's length before anything is made room for. */
export async function openIdx(file: string): Promise<Result<IdxHeader>> {
  const name = path.basename(file)
  const header = readIdxHeader(await readHead(file, longestHeader), name)
  if (!header.ok) return header
  const { size } = statSync(file)
  const possible = isPacked(file) ? Math.min(expectedLength(header.value), size * largestExpansion) : size
  const wrong = lengthProblem(header.value, possible, name)
  return wrong === undefined ? header : failure(wrong)
}

/**
 * The samples of a file in blocks of at most `perBlock`, each in a buffer that is used again for the next one.
 * @throws ProblemError idx.truncated, idx.trailing when the file is not as long as its header says
 */
export async function* readSamples(
  file: string,
  header: IdxHeader,
  perBlock: number,
  onProgress: (fraction: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const samples = header.sizes[0] ?? 0
  const block = new Uint8Array(Math.min(perBlock, samples) * header.sampleSize)
  const dataLength = samples * header.sampleSize
  let skip = header.length
  let filled = 0
  let read = 0
  const source = openSource(file)
  for await (const piece of piecesOf(source.stream)) {
    const data = piece.subarray(Math.min(skip, piece.byteLength))
    skip -= piece.byteLength - data.byteLength
    read += data.byteLength
    if (read > dataLength) throw wrongLength(header, header.length + read, file)
    for (let at = 0; at < data.byteLength; ) {
      const part = data.subarray(at, at + block.byteLength - filled)
      block.set(part, filled)
      filled += part.byteLength
      at += part.byteLength
      if (filled < block.byteLength) break
      yield block
      filled = 0
    }
    onProgress(source.fractionRead())
  }
  if (read < dataLength) throw wrongLength(header, header.length + read, file)
  if (filled > 0) yield block.subarray(0, filled)
}

function wrongLength(header: IdxHeader, length: number, file: string): Error {
  const wrong = lengthProblem(header, length, path.basename(file))
  return wrong === undefined ? new Error('expected a wrong length') : new ProblemError(wrong)
}
