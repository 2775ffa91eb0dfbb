import { failure, type Problem, problem, type Result, success } from '../problems.ts'
import { type DataType, elementCount, type NamedTensor, type TensorData } from './types.ts'

/** The format's names of our types (https://github.com/huggingface/safetensors#format). */
const formatNames = {
  float32: 'F32',
  float16: 'F16',
  int64: 'I64',
  int32: 'I32',
  uint8: 'U8',
  bool: 'BOOL',
} as const
const elementBytes: Readonly<Record<DataType, number>> = {
  float32: 4,
  float16: 2,
  int64: 8,
  int32: 4,
  uint8: 1,
  bool: 1,
}
const dataTypes: readonly DataType[] = ['float32', 'float16', 'int64', 'int32', 'uint8', 'bool']

const headerSizeBytes = 8
const alignment = 8
/** The reference implementation's own bound; a longer header is a damaged or hostile file. */
const maximumHeaderBytes = 100_000_000

export interface SafetensorsFile {
  readonly tensors: readonly NamedTensor[]
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Writes tensors and string metadata as one safetensors file. Tensors are laid out widest element first, so that
 * every one of them is aligned. Throws when two tensors share a name or data does not fit its shape: that is a bug.
 */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort((a, b) => elementBytes[b.dtype] - elementBytes[a.dtype])
  const header: Record<string, unknown> = { __metadata__: metadata }
  let offset = 0
  for (const tensor of ordered) {
    checkWritable(tensor, header)
    const end = offset + tensor.data.byteLength
    header[tensor.name] = {
      dtype: formatNames[tensor.dtype],
      shape: tensor.shape,
      data_offsets: [offset, end],
    }
    offset = end
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const headerBytes = Math.ceil(json.length / alignment) * alignment
  const file = new Uint8Array(headerSizeBytes + headerBytes + offset)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true)
  file.set(json, headerSizeBytes)
  file.fill(0x20, headerSizeBytes + json.length, headerSizeBytes + headerBytes)
  let position = headerSizeBytes + headerBytes
  for (const { data } of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position)
    position += data.byteLength
  }
  return file
}

function checkWritable(tensor: NamedTensor, header: Readonly<Record<string, unknown>>): void {
  const { name, shape, data } = tensor
  if (Object.hasOwn(header, name)) throw new Error(`two tensors are named "${name}"`)
  if (data.length !== elementCount(shape)) {
    throw new Error(`tensor "${name}" of shape [${shape.join(', ')}] has ${data.length} elements`)
  }
}

/**
 * Reads a safetensors file. Strict: the header must be a JSON object of known types whose byte ranges follow one
 * another without holes from the first to the last byte. Tensors own their memory.
 * Fails with `file.unreadable`, saying what is wrong where.
 */
export function readSafetensors(bytes: Uint8Array): Result<SafetensorsFile> {
  const header = readHeader(bytes)
  if (!header.ok) return header
  const { entries, metadata, body } = header.value
  const described: TensorEntry[] = []
  for (const [name, value] of entries) {
    const entry = describeEntry(name, value)
    if (!entry.ok) return entry
    described.push(entry.value)
  }
  const layoutProblem = checkLayout(described, body.length)
  if (layoutProblem) return failure(layoutProblem)
  return success({ tensors: described.map((entry) => copyTensor(entry, body)), metadata })
}

interface TensorEntry {
  readonly name: string
  readonly dtype: DataType
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

interface Header {
  readonly entries: readonly (readonly [string, unknown])[]
  readonly metadata: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

function damaged(what: string): Problem {
  return problem('file.unreadable', `The weights are not a valid safetensors file: ${what}.`)
}

function readHeader(bytes: Uint8Array): Result<Header> {
  if (bytes.length < headerSizeBytes) return failure(damaged(`it has only ${bytes.length} bytes`))
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true)
  if (size > BigInt(Math.min(maximumHeaderBytes, bytes.length - headerSizeBytes))) {
    return failure(damaged(`its header claims ${size} bytes, the file has ${bytes.length}`))
  }
  const bodyStart = headerSizeBytes + Number(size)
  const json = parseObject(bytes.subarray(headerSizeBytes, bodyStart))
  if (!json) return failure(damaged('its header is not a JSON object'))
  const { __metadata__: metadata = {}, ...tensors } = json
  if (!isStringRecord(metadata)) return failure(damaged('its metadata is not a table of texts'))
  return success({ entries: Object.entries(tensors), metadata, body: bytes.subarray(bodyStart) })
}

function parseObject(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isStringRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string')
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}

function describeEntry(name: string, value: unknown): Result<TensorEntry> {
  if (!isRecord(value)) return failure(damaged(`tensor "${name}" is not described by an object`))
  const dtype = dataTypes.find((type) => formatNames[type] === value.dtype)
  if (!dtype) return failure(damaged(`tensor "${name}" has the unknown type ${JSON.stringify(value.dtype)}`))
  const { shape, data_offsets: offsets } = value
  if (!isSizes(shape)) return failure(damaged(`tensor "${name}" has no valid shape`))
  const [begin, end, ...rest] = isSizes(offsets) ? offsets : []
  if (begin === undefined || end === undefined || rest.length > 0) {
    return failure(damaged(`tensor "${name}" has no valid data_offsets`))
  }
  const expected = elementCount(shape) * elementBytes[dtype]
  if (end - begin !== expected) {
    return failure(
      damaged(`tensor "${name}" of shape [${shape.join(', ')}] needs ${expected} bytes, not ${end - begin}`),
    )
  }
  return success({ name, dtype, shape, begin, end })
}

function checkLayout(entries: readonly TensorEntry[], bodyLength: number): Problem | undefined {
  let position = 0
  for (const entry of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== position) return damaged(`tensor "${entry.name}" overlaps another or leaves a hole`)
    position = entry.end
  }
  if (position > bodyLength) return damaged(`it ends ${position - bodyLength} bytes too early`)
  if (position < bodyLength) return damaged(`${bodyLength - position} bytes at its end belong to no tensor`)
  return undefined
}

function copyTensor({ name, dtype, shape, begin, end }: TensorEntry, body: Uint8Array): NamedTensor {
  // slice() of a Node Buffer shares memory, and the file's bytes may be unaligned: copy into fresh memory.
  const copy = new Uint8Array(end - begin)
  copy.set(body.subarray(begin, end))
  return { name, dtype, shape, data: viewAs(dtype, copy) }
}

function viewAs(dtype: DataType, bytes: Uint8Array<ArrayBuffer>): TensorData {
  switch (dtype) {
    case 'float32':
      return new Float32Array(bytes.buffer)
    case 'float16':
      return new Uint16Array(bytes.buffer)
    case 'int64':
      return new BigInt64Array(bytes.buffer)
    case 'int32':
      return new Int32Array(bytes.buffer)
    default:
      return bytes
  }
}
