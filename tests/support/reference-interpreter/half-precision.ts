/**
 * The number nearest to x that half precision (IEEE 754 binary16: 11 significant digits, exponents from −14 to 15) can
 * hold; half way goes to the even one.
 */
export function roundToHalf(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), -14)
  const quantum = 2 ** (exponent - 10)
  const result = roundHalfToEven(x / quantum) * quantum
  return Math.abs(result) > 65_504 ? Math.sign(x) * Number.POSITIVE_INFINITY : result
}

/** The number whose half precision bits are these: sign, five bits of exponent, ten of mantissa. */
export function numberOfPattern(pattern: number): number {
  const bits = pattern.toString(2).padStart(16, '0')
  const sign = bits.startsWith('1') ? -1 : 1
  const exponent = Number.parseInt(bits.slice(1, 6), 2)
  const fraction = Number.parseInt(bits.slice(6), 2) / 1024
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15)
}

function roundHalfToEven(x: number): number {
  const floor = Math.floor(x)
  if (x - floor !== 0.5) return Math.round(x)
  return floor % 2 === 0 ? floor : floor + 1
}
