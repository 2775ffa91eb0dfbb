import { t } from '../../src-core/language/t.ts'

/** Texts in a row, with the comma of the window's language between them. */
export function listed(texts: readonly string[]): string {
  const [first, ...others] = texts
  return others.reduce((list, next) => t('{{list}}, {{next}}', { list, next }), first ?? '')
}
