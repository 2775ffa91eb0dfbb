import { isMissing, numberIn } from './values.ts'

/** Whether the first record names the columns: it does unless one of its fields is a number. */
export function isHeader(fields: readonly string[]): boolean {
  return fields.every((field) => {
    const value = field.trim()
    return isMissing(value) || (Number.isNaN(numberIn(value, '.')) && Number.isNaN(numberIn(value, ',')))
  })
}

/** Names for all columns, each only once; an empty one is called by its place. */
export function columnNames(fields: readonly string[], hasHeader: boolean): string[] {
  const names: string[] = []
  const taken = new Set<string>()
  for (const [index, field] of fields.entries()) {
    const given = (hasHeader ? field.trim() : '') || `column ${index + 1}`
    let name = given
    for (let copy = 2; taken.has(name); copy += 1) name = `${given} (${copy})`
    taken.add(name)
    names.push(name)
  }
  return names
}
