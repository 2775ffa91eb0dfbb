import { createHash } from 'node:crypto'

/**
 * Names a text as git names a blob: SHA-1 of `blob <bytes>`, a zero byte and the UTF-8 bytes, in hex.
 * `git hash-object` of a file with this text prints the same.
 */
export function gitBlobHash(text: string): string {
  const bytes = Buffer.from(text, 'utf8')
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex')
}
