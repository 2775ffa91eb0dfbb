import type { ParameterField, ParameterSchema } from './parameter-fields.ts'

/** The parameters that mean something beside the values given (those absent have their defaults), in their order. */
export function shownParameters(
  schema: ParameterSchema,
  given: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, field: ParameterField])[] {
  return Object.entries(schema).filter(([, { shownWhen }]) => {
    if (!shownWhen) return true
    const value = given[shownWhen.parameter] ?? schema[shownWhen.parameter]?.default
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    return values.some((one) => shownWhen.isOneOf.some((wanted) => wanted === one))
  })
}
