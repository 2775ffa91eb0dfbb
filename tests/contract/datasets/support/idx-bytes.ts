/** An IDX file: header for the given sizes (whatever the data says), then the data. */
export function idxBytes(sizes: readonly number[], data: Uint8Array, type = 0x08): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length)
  header[2] = type
  header[3] = sizes.length
  for (const [index, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * index)
  return Buffer.concat([header, data])
}

/** So many bytes 0, 1, 2 ... 255, 0 ... */
export function countingBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index % 256)
}
