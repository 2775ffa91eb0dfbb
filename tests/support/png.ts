import { crc32, deflateSync } from 'node:zlib'

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)

/** A PNG file of 8-bit red, green and blue. `pixel` gives each in 0 … 1. */
export function encodePng(
  width: number,
  height: number,
  pixel: (row: number, column: number) => readonly [number, number, number],
): Uint8Array {
  const lines = Buffer.alloc(height * (1 + 3 * width))
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const bytes = pixel(row, column).map((value) => Math.round(255 * Math.min(Math.max(value, 0), 1)))
      lines.set(bytes, row * (1 + 3 * width) + 1 + 3 * column)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits, true colour.
  header.set([8, 2], 8)
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
