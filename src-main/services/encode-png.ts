import { crc32, deflateSync } from 'node:zlib'
import type { PictureSheet } from '../../src-core/generation/picture-sheet.ts'

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)

/** Enlarges so far that small pictures can be looked at. */
const widthAimedAt = 1000

/**
 * A sheet as a PNG file (8-bit red, green, blue and opacity; W3C PNG specification, third edition). Every pixel becomes a
 * square, so that small pictures can be looked at.
 */
export function encodePng({ width, height, pixels }: PictureSheet): Uint8Array {
  const scale = Math.max(1, Math.floor(widthAimedAt / width))
  const lineLength = 1 + 4 * width * scale
  const lines = Buffer.alloc(height * scale * lineLength)
  for (let row = 0; row < height; row++) {
    const line = lines.subarray(row * scale * lineLength, (row * scale + 1) * lineLength)
    for (let column = 0; column < width * scale; column++) {
      const from = 4 * (row * width + Math.floor(column / scale))
      line.set(pixels.subarray(from, from + 4), 1 + 4 * column)
    }
    for (let copy = 1; copy < scale; copy++) line.copy(lines, (row * scale + copy) * lineLength)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width * scale, 0)
  header.writeUInt32BE(height * scale, 4)
  // Eight bits a channel; true colour with opacity.
  header.set([8, 6], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
