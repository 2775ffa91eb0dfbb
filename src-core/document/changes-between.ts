/** One value of some settings that is not what it was. */
export interface Change {
  readonly path: readonly string[]
  readonly before: unknown
  readonly after: unknown
}

/** The values in which two objects differ, each at its deepest key; lists count as values. */
export function changesBetween(before: object, after: object, path: readonly string[] = []): Change[] {
  const old = new Map<string, unknown>(Object.entries(before))
  const next = new Map<string, unknown>(Object.entries(after))
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key): Change[] => {
    const [one, other] = [old.get(key), next.get(key)]
    if (one === other || JSON.stringify(one) === JSON.stringify(other)) return []
    const at = [...path, key]
    if (isRecord(one) && isRecord(other)) return changesBetween(one, other, at)
    return [{ path: at, before: one, after: other }]
  })
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
