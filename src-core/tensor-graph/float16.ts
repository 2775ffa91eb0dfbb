/**
 * IEEE 754 half precision as it lies in memory: a Uint16Array of bit patterns, because not every process that reads our
 * graphs has a Float16Array.
 */

/** The largest finite number of half precision. */
export const largestHalf = 65_504

/** The smallest normal number of half precision; below it digits are lost one by one. */
export const smallestNormalHalf = 2 ** -14

const scratch = new DataView(new ArrayBuffer(4))

/** The bit pattern of the half nearest to x, ties to even; too large numbers become infinite. */
export function halfBits(x: number): number {
  scratch.setFloat32(0, x)
  const bits = scratch.getUint32(0)
  const sign = (bits >>> 16) & 0x8000
  const magnitude = Math.abs(scratch.getFloat32(0))
  if (Number.isNaN(magnitude)) return sign | 0x7e00
  // Half way between the largest half and what would follow it.
  if (magnitude >= 65_520) return sign | 0x7c00
  // Subnormal halves are whole multiples of 2⁻²⁴; a carry into 0x400 is the smallest normal one.
  if (magnitude < smallestNormalHalf) return sign | roundToEven(magnitude * 2 ** 24)
  const exponent = ((bits >>> 23) & 0xff) - 112
  const mantissa = bits & 0x7fffff
  // A carry out of the mantissa raises the exponent, as it should.
  return sign | ((exponent << 10) + roundToEven(mantissa / 2 ** 13))
}

/** The number that a bit pattern of half precision stands for. */
export function numberOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const mantissa = bits & 0x3ff
  if (exponent === 0) return sign * mantissa * 2 ** -24
  if (exponent === 0x1f) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15)
}

/** Numbers as bit patterns of half precision. */
export function toHalves(values: ArrayLike<number>): Uint16Array {
  return Uint16Array.from({ length: values.length }, (_, index) => halfBits(values[index] ?? 0))
}

/** Bit patterns of half precision as float32 numbers, which hold every half exactly. */
export function fromHalves(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, numberOfHalf)
}

function roundToEven(x: number): number {
  const below = Math.floor(x)
  const rest = x - below
  if (rest > 0.5 || (rest === 0.5 && below % 2 === 1)) return below + 1
  return below
}
