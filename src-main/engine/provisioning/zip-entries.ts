import { createWriteStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'

interface ZipEntry {
  readonly name: string
  readonly isDeflated: boolean
  readonly checksum: number
  readonly compressedSize: number
  readonly size: number
  readonly headerOffset: number
}

/** Sizes of the fixed parts of the records, and their signatures (PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.16). */
const endSize = 22
const endSignature = 0x06054b50
const directorySize = 46
const directorySignature = 0x02014b50
const localSize = 30
const longestComment = 65_535

/**
 * Extracts single files of a zip archive: `targets` names, by name in the archive, the file to write. Archives of 4 GiB
 * and more are not read. Throws with one sentence when the archive is damaged or lacks a file.
 */
export async function extractEntries(archive: string, targets: ReadonlyMap<string, string>): Promise<void> {
  const file = await open(archive)
  try {
    const entries = await readDirectory(file)
    for (const [name, target] of targets) {
      const entry = entries.find((each) => each.name === name)
      if (!entry) throw new Error(`the archive has no ${name}`)
      await extract(file, entry, target)
    }
  } finally {
    await file.close()
  }
}

async function readDirectory(file: FileHandle): Promise<ZipEntry[]> {
  const { size } = await file.stat()
  const tail = await readBytes(file, Math.max(0, size - endSize - longestComment), size)
  const end = tail.lastIndexOf(Buffer.from(Uint32Array.of(endSignature).buffer))
  if (end < 0 || end + endSize > tail.length) throw new Error('the file is no zip archive')
  const count = tail.readUInt16LE(end + 10)
  const offset = tail.readUInt32LE(end + 16)
  const directory = await readBytes(file, offset, offset + tail.readUInt32LE(end + 12))
  const entries: ZipEntry[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + directorySize > directory.length || directory.readUInt32LE(at) !== directorySignature) {
      throw new Error('the archive’s directory is damaged')
    }
    const nameLength = directory.readUInt16LE(at + 28)
    const method = directory.readUInt16LE(at + 10)
    entries.push({
      name: directory.toString('utf8', at + directorySize, at + directorySize + nameLength),
      isDeflated: method === 8,
      checksum: directory.readUInt32LE(at + 16),
      compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
    })
    at += directorySize + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function extract(file: FileHandle, entry: ZipEntry, target: string): Promise<void> {
  const header = await readBytes(file, entry.headerOffset, entry.headerOffset + localSize)
  const start = entry.headerOffset + localSize + header.readUInt16LE(26) + header.readUInt16LE(28)
  let checksum = 0
  let size = 0
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      checksum = crc32(chunk, checksum)
      size += chunk.length
      done(null, chunk)
    },
  })
  const end = start + entry.compressedSize - 1
  const source = file.createReadStream({ start, end, autoClose: false })
  const write = createWriteStream(target)
  if (entry.isDeflated) await pipeline(source, createInflateRaw(), watch, write)
  else await pipeline(source, watch, write)
  if (checksum !== entry.checksum || size !== entry.size) throw new Error(`${entry.name} is damaged`)
}

async function readBytes(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.alloc(end - start)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
  if (bytesRead < bytes.length) throw new Error('the archive ends too early')
  return bytes
}
