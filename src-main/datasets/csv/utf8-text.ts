import { isUtf8 } from 'node:buffer'
import { ProblemError, problem } from '../../../src-core/problems.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Tells the encoding of a text from its first bytes: by its byte order mark, or by where zero bytes lie. */
export function detectEncoding(head: Uint8Array): TextEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [index, byte] of head.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  }
  const [even = 0, odd = 0] = zeros
  if (even + odd === 0) return 'utf-8'
  // Text in the Latin script has a zero as every second byte; a stray zero means that this is no text.
  const mostly = head.byteLength * 0.3
  if (odd > mostly && even === 0) return 'utf-16le'
  if (even > mostly && odd === 0) return 'utf-16be'
  return undefined
}

/**
 * The text as UTF-8 without its byte order mark.
 * @throws ProblemError csv.encoding, naming the line
 */
export async function* asUtf8(pieces: AsyncIterable<Buffer>, encoding: TextEncoding): AsyncGenerator<Buffer> {
  const text = encoding === 'utf-8' ? checkedUtf8(pieces) : decodedUtf16(pieces, encoding === 'utf-16be')
  let first = true
  for await (const piece of text) {
    const marked = first && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf
    first = false
    yield marked ? piece.subarray(3) : piece
  }
}

async function* checkedUtf8(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let line = 1
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    const joined = rest.byteLength === 0 ? piece : Buffer.concat([rest, piece])
    const end = endOfWholeCharacters(joined)
    const whole = joined.subarray(0, end)
    rest = joined.subarray(end)
    line = checkUtf8(whole, line)
    if (whole.byteLength > 0) yield whole
  }
  checkUtf8(rest, line)
  if (rest.byteLength > 0) yield rest
}

/** Checks bytes that begin on the given line; returns the line they end on. */
function checkUtf8(bytes: Buffer, line: number): number {
  const valid = isUtf8(bytes) && !bytes.includes(0)
  let at = 0
  let current = line
  for (let next = bytes.indexOf(10, at); next >= 0; next = bytes.indexOf(10, at)) {
    if (!valid && isWrong(bytes.subarray(at, next))) throw wrongEncoding(current)
    current += 1
    at = next + 1
  }
  if (!valid) throw wrongEncoding(current)
  return current
}

function isWrong(bytes: Buffer): boolean {
  return !isUtf8(bytes) || bytes.includes(0)
}

function wrongEncoding(line: number): ProblemError {
  return new ProblemError(
    problem('csv.encoding', `Line ${line} holds bytes that are not text in UTF-8 (nor is the file UTF-16).`, {
      hint: 'Save the table as "CSV UTF-8" and import it again.',
    }),
  )
}

/** Where the last complete character ends: at most three bytes of a next one follow. */
function endOfWholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.byteLength); back += 1) {
    const byte = bytes[bytes.byteLength - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.byteLength - back : bytes.byteLength
  }
  return bytes.byteLength
}

async function* decodedUtf16(pieces: AsyncIterable<Buffer>, bigEndian: boolean): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-16le')
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    const joined = Buffer.concat([rest, piece])
    const even = joined.byteLength - (joined.byteLength % 2)
    rest = joined.subarray(even)
    const units = joined.subarray(0, even)
    if (bigEndian) units.swap16()
    const text = decoder.decode(units, { stream: true })
    if (text !== '') yield Buffer.from(text, 'utf8')
  }
  const end = decoder.decode()
  if (end !== '') yield Buffer.from(end, 'utf8')
}
