import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../../../src-core/problems.ts'
import { asUtf8, detectEncoding, type TextEncoding } from '../../../../src-main/datasets/csv/utf8-text.ts'

const text = 'Grüße, 日本語, 🙂\nsecond line\n'

/** Reads bytes that come in pieces of the given size. */
async function read(bytes: Buffer, encoding: TextEncoding, pieceSize: number): Promise<string> {
  async function* pieces() {
    for (let at = 0; at < bytes.byteLength; at += pieceSize)
      yield Buffer.from(bytes.subarray(at, at + pieceSize))
  }
  const parts: Buffer[] = []
  for await (const part of asUtf8(pieces(), encoding)) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

describe('the encoding of a text', () => {
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.alloc(0)],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['utf-16le', Buffer.from('plain,text\n1,2\n', 'utf16le')],
    ['utf-16be', Buffer.from('plain,text\n1,2\n', 'utf16le').swap16()],
    [undefined, Buffer.from([0x89, 0x50, 0, 0, 1, 0, 0, 0])],
  ])('is %s', (encoding, bytes) => {
    expect(detectEncoding(bytes)).toBe(encoding)
  })
})

describe('a text that comes in pieces', () => {
  it.each([1, 2, 3, 5, 7, 1000])('of %i bytes is the same text', async (pieceSize) => {
    const marked = `\uFEFF${text}`
    expect(await read(Buffer.from(text), 'utf-8', pieceSize)).toBe(text)
    expect(await read(Buffer.from(marked, 'utf16le'), 'utf-16le', pieceSize)).toBe(text)
    expect(await read(Buffer.from(marked, 'utf16le').swap16(), 'utf-16be', pieceSize)).toBe(text)
  })

  it('loses its byte order mark', async () => {
    expect(await read(Buffer.from(`\uFEFF${text}`), 'utf-8', 1000)).toBe(text)
  })

  it.each([1, 4, 1000])('of %i bytes is refused at the line that is no UTF-8', async (pieceSize) => {
    const bytes = Buffer.concat([Buffer.from('one\ntwo\n'), Buffer.from('drü\nfour', 'latin1')])
    const refusal = await read(bytes, 'utf-8', pieceSize).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ProblemError)
    expect(refusal).toMatchObject({ problem: { code: 'csv.encoding' } })
    expect(String(refusal)).toContain('Line 3 ')
  })
})
