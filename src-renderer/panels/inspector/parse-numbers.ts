/** Reads real numbers separated by commas, semicolons or spaces, brackets or not; undefined when they are none. */
export function parseNumbers(text: string): number[] | undefined {
  const parts = text
    .replaceAll(/[[\]()]/g, ' ')
    .replaceAll('−', '-')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
  const values = parts.map(Number)
  return values.length > 0 && values.every(Number.isFinite) ? values : undefined
}

/** Numbers as they are shown for changing; anything else as JSON. */
export function showNumbers(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  return value === undefined ? '' : JSON.stringify(value)
}
