import { describe, expect, it } from 'vitest'
import { readSafetensors, writeSafetensors } from '../../../src-core/tensor-graph/safetensors.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'

const kernel: NamedTensor = {
  name: 'dense.kernel',
  dtype: 'float32',
  shape: [2, 3],
  data: Float32Array.of(1, 2, 3, 4, 5, 6),
}
const mask: NamedTensor = { name: 'mask', dtype: 'bool', shape: [3], data: Uint8Array.of(1, 0, 1) }
const step: NamedTensor = { name: 'step', dtype: 'int64', shape: [], data: BigInt64Array.of(-7n) }

/** A file with the given header text and body bytes. */
function fileOf(header: string, body: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header)
  const file = new Uint8Array(8 + text.length + body.length)
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true)
  file.set(text, 8)
  file.set(body, 8 + text.length)
  return file
}

function complaint(bytes: Uint8Array): string {
  const result = readSafetensors(bytes)
  if (result.ok) throw new Error('was accepted')
  expect(result.problems[0]?.code).toBe('file.unreadable')
  return result.problems[0]?.message ?? ''
}

describe('safetensors', () => {
  it('gives back every tensor and the metadata, whatever the types', () => {
    const result = readSafetensors(writeSafetensors([mask, kernel, step], { epoch: '3' }))
    if (!result.ok) throw new Error(result.problems[0]?.message)
    const byName = new Map(result.value.tensors.map((tensor) => [tensor.name, tensor]))
    expect([...byName.keys()].sort()).toEqual(['dense.kernel', 'mask', 'step'])
    for (const tensor of [mask, kernel, step]) expect(byName.get(tensor.name)).toEqual(tensor)
    expect(result.value.metadata).toEqual({ epoch: '3' })
  })

  it('writes the documented layout: header size, JSON, aligned little-endian data', () => {
    const file = writeSafetensors([kernel])
    const size = Number(new DataView(file.buffer).getBigUint64(0, true))
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + size)))
    expect(header['dense.kernel']).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] })
    expect((8 + size) % 8).toBe(0)
    expect(new DataView(file.buffer).getFloat32(8 + size + 4, true)).toBe(2)
  })

  it('reads a file that lies at an odd place of a larger buffer', () => {
    const file = writeSafetensors([kernel])
    const pool = new Uint8Array(file.length + 3)
    pool.set(file, 3)
    const result = readSafetensors(pool.subarray(3))
    expect(result.ok && result.value.tensors[0]).toEqual(kernel)
  })

  it('holds no tensor and an empty tensor', () => {
    expect(readSafetensors(writeSafetensors([]))).toMatchObject({ ok: true, value: { tensors: [] } })
    const empty: NamedTensor = { name: 'e', dtype: 'float32', shape: [0, 4], data: new Float32Array(0) }
    const result = readSafetensors(writeSafetensors([empty, kernel]))
    expect(result.ok && result.value.tensors.length).toBe(2)
  })

  it('refuses to write what does not fit', () => {
    expect(() => writeSafetensors([kernel, kernel])).toThrow('two tensors are named "dense.kernel"')
    expect(() => writeSafetensors([{ ...kernel, shape: [7] }])).toThrow('has 6 elements')
  })

  it('refuses every truncation of a file', () => {
    const file = writeSafetensors([kernel, mask])
    for (let length = 0; length < file.length; length++) complaint(file.subarray(0, length))
  })

  it.each([
    ['nothing', new Uint8Array(0), 'only 0 bytes'],
    ['a header longer than the file', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 1), 'claims 255 bytes'],
    ['a header that is not JSON', fileOf('{]'), 'not a JSON object'],
    ['a header that is a list', fileOf('[]'), 'not a JSON object'],
    ['metadata that is not text', fileOf('{"__metadata__":{"a":1}}'), 'metadata'],
    ['an unknown type', fileOf('{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,1]}}', [1]), '"F8"'],
    ['a negative size', fileOf('{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}', [1]), 'shape'],
    ['one offset', fileOf('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}', [1]), 'data_offsets'],
    [
      'a size that is not the shape’s',
      fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,1]}}', [1]),
      'needs 4 bytes, not 1',
    ],
    [
      'a hole',
      fileOf('{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', [0, 1]),
      'overlaps another or leaves a hole',
    ],
    [
      'an overlap',
      fileOf(
        '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}',
        [1, 2, 3],
      ),
      'overlaps another or leaves a hole',
    ],
    [
      'bytes left over',
      fileOf('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', [1, 2]),
      '1 bytes at',
    ],
  ])('refuses %s', (_what, file, message) => {
    expect(complaint(file)).toContain(message)
  })
})
