/** Reads axis sizes separated by ×, x, commas, semicolons or spaces, brackets or not; undefined when they are none. */
export function parseShape(text: string): number[] | undefined {
  const parts = text
    .replaceAll(/[[\]()]/g, ' ')
    .replaceAll('−', '-')
    .split(/[\s,;×x*]+/i)
    .filter((part) => part !== '')
  const sizes = parts.map(Number)
  return sizes.length > 0 && sizes.every((size) => Number.isInteger(size)) ? sizes : undefined
}

/** Axis sizes as they are shown for changing; anything else as JSON. */
export function showShape(value: unknown): string {
  if (Array.isArray(value)) return value.join(' × ')
  return value === undefined ? '' : JSON.stringify(value)
}
