import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { failure, type Problem, ProblemError, problem, type Result } from '../../src-core/problems.ts'

const pieceSize = 256 * 1024

/** A data file that is read from the front; gzip is unpacked on the way. */
export interface SourceFile {
  readonly stream: Readable
  /** Share of the file (as it lies on the disk) that was read so far. */
  readonly fractionRead: () => number
}

/** Opens the file for reading from its first byte. Whoever reads sees errors that `sourceProblem` explains. */
export function openSource(file: string): SourceFile {
  const raw = createReadStream(file, { highWaterMark: pieceSize })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const fractionRead = () => (size === 0 ? 1 : raw.bytesRead / size)
  if (!isPacked(file)) return { stream: raw, fractionRead }
  const unpacked = createGunzip({ chunkSize: pieceSize })
  // Errors of either stream arrive at the reader of `unpacked`; pipeline only passes them on and tidies up.
  pipeline(raw, unpacked, () => {})
  return { stream: unpacked, fractionRead }
}

/** Whether the file is packed with gzip. */
export function isPacked(file: string): boolean {
  const start = firstBytes(file, 2)
  return start[0] === 0x1f && start[1] === 0x8b
}

/** The first bytes (unpacked), fewer where the file is shorter. */
export async function readHead(file: string, length: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of piecesOf(openSource(file).stream)) {
    pieces.push(piece)
    size += piece.byteLength
    if (size >= length) break
  }
  return Buffer.concat(pieces).subarray(0, length)
}

/** The pieces of a byte stream; leaving the loop closes the stream. */
export async function* piecesOf(stream: Readable): AsyncGenerator<Buffer> {
  for await (const piece of stream) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('expected a stream of bytes')
    yield piece
  }
}

/** The name of the file without its folder and its extensions: `iris` for `/data/iris.csv.gz`. */
export function baseName(file: string): string {
  const name = path.basename(file)
  return name.replace(/(\.(csv|tsv|txt|tab|data|gz|idx|ubyte))+$/i, '') || name
}

/** What an error while reading a data file means to a person, or undefined where it is a bug of ours. */
function sourceProblem(file: string, error: unknown): Problem | undefined {
  if (error instanceof ProblemError) return error.problem
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const code = String(error.code)
  const name = path.basename(file)
  if (code === 'ENOENT') return problem('file.notFound', `There is no file ${file}.`)
  if (code === 'Z_BUF_ERROR') {
    return problem('file.unreadable', `${name} ends in the middle of its gzip data.`, {
      hint: 'It was not copied or downloaded completely; fetch it again.',
    })
  }
  if (code.startsWith('Z_')) {
    return problem('file.unreadable', `${name} holds gzip data that is damaged (${error.message}).`, {
      hint: 'Fetch the file again.',
    })
  }
  if (/^E[A-Z]+$/.test(code)) {
    return problem('file.unreadable', `${file} cannot be read (${error.message}).`)
  }
  return undefined
}

/** Runs the work; errors of the file come back as problems. */
export async function explainingSourceErrors<T>(
  file: string,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await work()
  } catch (error) {
    const found = sourceProblem(file, error)
    if (found === undefined) throw error
    return failure(found)
  }
}

function firstBytes(file: string, length: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(length)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0))
  } finally {
    closeSync(descriptor)
  }
}
