const missingWords = new Set(['', 'na', 'n/a', 'nan', '?', 'null'])

/** Whether a field (trimmed) says that there is no value: empty, NA, N/A, NaN, ? or null, in any capitals. */
export function isMissing(field: string): boolean {
  return field.length <= 4 && missingWords.has(field.toLowerCase())
}

export type DecimalMark = '.' | ','

const withPoint = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const withComma = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:,\d*)?(?:[eE][+-]?\d+)?$/
const largestFloat32 = 3.4028234663852886e38

/**
 * The number a field (trimmed) holds, or NaN when it is none that float32 can hold. With a decimal comma, points
 * between groups of three digits are allowed (1.234,5).
 */
export function numberIn(field: string, decimal: DecimalMark): number {
  const text = decimal === '.' ? field : pointed(field)
  if (!withPoint.test(text)) return Number.NaN
  const value = Number(text)
  return Math.abs(value) <= largestFloat32 ? value : Number.NaN
}

function pointed(field: string): string {
  if (!withComma.test(field)) return ''
  return field.replaceAll('.', '').replace(',', '.')
}
