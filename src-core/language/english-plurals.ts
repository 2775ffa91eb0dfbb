/**
 * The English singulars of texts with a count. The text itself is the plural. A key ends with `_one` as i18next wants it.
 */
export const englishPlurals: Readonly<Record<string, string>> = {
  '{{count, number}} projects are not open any more_one': '{{count, number}} project is not open any more',
}
