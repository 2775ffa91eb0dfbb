import { t } from '../../../src-core/language/t.ts'

/** Things named one after the other: `original, reconstruction`. */
export function listed(items: readonly string[]): string {
  return items.join(t(', '))
}
