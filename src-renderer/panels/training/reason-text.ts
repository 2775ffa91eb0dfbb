import { sentence } from '../../../src-core/language/sentence.ts'
import { mark, t } from '../../../src-core/language/t.ts'

/** What the schema library says of a number where the schema has no words of its own. */
const ranges: Readonly<Record<string, string>> = {
  '>=': mark('Too small: expected number to be >={{bound}}'),
  '>': mark('Too small: expected number to be >{{bound}}'),
  '<=': mark('Too big: expected number to be <={{bound}}'),
  '<': mark('Too big: expected number to be <{{bound}}'),
}
const notWhole = mark('Invalid input: expected int, received number')

/** Why a schema refuses a value, in the middle of a sentence. */
export function reasonText(message: string | undefined): string {
  if (message === undefined) return t('not allowed')
  if (message === notWhole) return t(notWhole)
  const [, sign = '', bound = ''] =
    /^Too (?:small|big): expected number to be ([<>]=?)(.+)$/.exec(message) ?? []
  const range = ranges[sign]
  return range === undefined ? sentence(message) : t(range, { bound })
}
