/**
 * Random numbers as a pure function of (seed, key, step, index): no state to save, the same on every platform and in
 * any order. The generator is Philox4x32 with 7 rounds, the shortest that passes BigCrush (Salmon, Moraes, Dror, Shaw:
 * "Parallel random numbers: as easy as 1, 2, 3", SC 2011). Integer arithmetic only.
 */
const rounds = 7

const unit = 2 ** -24

/** Upper 32 bits of the product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const carry = Math.imul(aLow, bLow) >>> 16
  const first = (Math.imul(aHigh, bLow) + carry) >>> 0
  const second = (Math.imul(aLow, bHigh) + (first & 0xffff)) >>> 0
  return (Math.imul(aHigh, bHigh) + (first >>> 16) + (second >>> 16)) | 0
}

/**
 * Philox4x32-7: writes the four 32-bit words of block (c0, c1, c2, c3) under key (k0, k1) to `out`, from index `at` on
 * (as many as fit).
 */
export function philox(
  out: Uint32Array,
  at: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  let x0 = c0 | 0
  let x1 = c1 | 0
  let x2 = c2 | 0
  let x3 = c3 | 0
  let a = k0 | 0
  let b = k1 | 0
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(0xd2511f53, x0)
    const low0 = Math.imul(0xd2511f53, x0)
    const high1 = multiplyHigh(0xcd9e8d57, x2)
    const low1 = Math.imul(0xcd9e8d57, x2)
    x0 = high1 ^ x1 ^ a
    x1 = low1
    x2 = high0 ^ x3 ^ b
    x3 = low0
    a = (a + 0x9e3779b9) | 0
    b = (b + 0xbb67ae85) | 0
  }
  out[at] = x0
  out[at + 1] = x1
  out[at + 2] = x2
  out[at + 3] = x3
}

/** 32-bit FNV-1a over the UTF-16 code units, finished with the MurmurHash3 mixer. */
function hash(text: string, basis: number): number {
  let h = basis | 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

// Two bases make two independent 32-bit hashes of a key: one goes into Philox's key, one into its counter.
const keyBasis = 0x811c9dc5
const counterBasis = 0x2c1b3c6d

/** Element `index` of the stream named by seed, key and step: a multiple of 2^-24 in [0, 1). */
export function uniform(seed: number, key: string, step: number, index: number): number {
  const words = new Uint32Array(4)
  philox(words, 0, index >>> 2, step, hash(key, counterBasis), 0, seed, hash(key, keyBasis))
  return ((words[index & 3] ?? 0) >>> 8) * unit
}

/** Fills `target` with elements 0, 1, 2 ... of the stream that {@link uniform} describes. */
export function fillUniform(target: Float32Array, seed: number, key: string, step: number): void {
  // Words and floats are equally long, so the words are written where the floats will be.
  const words = new Uint32Array(target.buffer, target.byteOffset, target.length)
  const keyWord = hash(key, keyBasis)
  const counterWord = hash(key, counterBasis)
  for (let at = 0; at < words.length; at += 4) {
    philox(words, at, at >>> 2, step, counterWord, 0, seed, keyWord)
  }
  for (let at = 0; at < words.length; at++) target[at] = ((words[at] ?? 0) >>> 8) * unit
}

/** A permutation of 0 .. n-1 for one epoch (Fisher–Yates). Every (seed, epoch) has its own. */
export function shuffledIndices(n: number, seed: number, epoch: number): Uint32Array {
  const indices = Uint32Array.from({ length: n }, (_, index) => index)
  const words = new Uint32Array(4)
  const counterWord = hash('shuffle', counterBasis)
  const keyWord = hash('shuffle', keyBasis)
  for (let last = n - 1; last > 0; last--) {
    const lane = (n - 1 - last) & 1
    if (lane === 0) philox(words, 0, (n - 1 - last) >>> 1, epoch, counterWord, 1, seed, keyWord)
    // 53 random bits keep the bias of the scaling below 2^-30 for any n that fits in memory.
    const fraction = ((words[2 * lane] ?? 0) * 2 ** 21 + ((words[2 * lane + 1] ?? 0) >>> 11)) * 2 ** -53
    const other = Math.floor(fraction * (last + 1))
    const kept = indices[last] ?? 0
    indices[last] = indices[other] ?? 0
    indices[other] = kept
  }
  return indices
}
