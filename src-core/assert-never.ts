/** Ends a switch over a union: does not compile while a case is missing, throws if data was never what its type said. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`)
}
