import { failure, type Problem, problem, type Result, success } from '../../../src-core/problems.ts'

/** What an IDX file holds, by its header (http://yann.lecun.com/exdb/mnist: zero, zero, type, dimensions, sizes). */
export interface IdxHeader {
  /** Sizes of the dimensions, samples first. */
  readonly sizes: readonly number[]
  /** Bytes of the header itself. */
  readonly length: number
  /** Bytes of one sample. */
  readonly sampleSize: number
}

const typeNames = new Map([
  [0x08, 'unsigned bytes'],
  [0x09, 'signed bytes'],
  [0x0b, '16-bit integers'],
  [0x0c, '32-bit integers'],
  [0x0d, '32-bit floats'],
  [0x0e, '64-bit floats'],
])
const unsignedByte = 0x08

/** 1,024 samples are stored as one blob; larger images would not fit, and a header that says so mostly lies. */
const largestSample = 256 * 1024

/** Whether the bytes begin like an IDX file. */
export function looksLikeIdx(head: Uint8Array): boolean {
  const [zero, alsoZero, type = 0, dimensions = 0] = head
  return zero === 0 && alsoZero === 0 && typeNames.has(type) && dimensions >= 1 && dimensions <= 8
}

/**
 * Reads the header. Nothing is allocated by what it says.
 * Problems: idx.magic (no IDX file, or not of unsigned bytes), idx.truncated (the header itself is cut)
 */
export function readIdxHeader(head: Uint8Array, fileName: string): Result<IdxHeader> {
  if (!looksLikeIdx(head)) {
    return failure(
      problem('idx.magic', `${fileName} does not begin like an IDX file (0, 0, type, number of dimensions).`),
    )
  }
  const [, , type = 0, dimensions = 0] = head
  if (type !== unsignedByte) {
    return failure(
      problem('idx.magic', `${fileName} holds ${typeNames.get(type)}; only unsigned bytes can be imported.`),
    )
  }
  const length = 4 + 4 * dimensions
  if (head.byteLength < length) {
    return failure(
      problem(
        'idx.truncated',
        `${fileName} ends within its header, after ${head.byteLength} of ${length} bytes.`,
      ),
    )
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index))
  const sampleSize = sizes.slice(1).reduce((product, size) => product * size, 1)
  if (sampleSize < 1 || sampleSize > largestSample) {
    const limit = largestSample.toLocaleString('en')
    return failure(
      problem(
        'idx.magic',
        `${fileName} says that one sample is ${sizes.slice(1).join(' × ')} bytes; it can be 1 to ${limit} bytes.`,
        { hint: 'The header is damaged, or the images are too large.' },
      ),
    )
  }
  return success({ sizes, length, sampleSize })
}

/** Bytes the whole file must have. */
export function expectedLength(header: IdxHeader): number {
  return header.length + (header.sizes[0] ?? 0) * header.sampleSize
}

/** The problem that a file of another length has, or undefined. */
export function lengthProblem(header: IdxHeader, length: number, fileName: string): Problem | undefined {
  const expected = expectedLength(header)
  if (length === expected) return undefined
  const says = `Its header says ${header.sizes.join(' × ')}, that is ${expected} bytes`
  if (length < expected) {
    return problem('idx.truncated', `${fileName} is too short. ${says}; it has ${length}.`, {
      hint: 'It was not copied or downloaded completely; fetch it again.',
    })
  }
  return problem('idx.trailing', `${fileName} is too long. ${says}; it has at least ${length}.`, {
    hint: 'The header is damaged, or something was appended. Fetch the file again.',
  })
}
