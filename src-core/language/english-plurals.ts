/**
 * The English singulars of texts with a count. The text itself is the plural. A key ends with `_one` as i18next wants it.
 */
export const englishPlurals: Readonly<Record<string, string>> = {
  '{{count}} images and their reconstructions_one': '{{count}} image and its reconstruction',
  '{{count}} epochs_one': '{{count}} epoch',
  '{{count}} steps_one': '{{count}} step',
}
