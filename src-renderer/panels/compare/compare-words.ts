import { t } from '../../../src-core/language/t.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { listed } from '../../ui/listed.ts'
import { settingValues, settingWords } from './setting-words.ts'

/** The part of a document that something changed in: it says which words are names and which are ours. */
export type ChangedPart = 'layer' | 'dataset' | 'training' | 'document'

/** A parameter as the inspector calls it; settings as the file does, in words. */
export function changedName(part: ChangedPart, path: readonly string[], kind?: string): string {
  const [first, second] = path
  if (first === 'parameters' && second !== undefined && kind !== undefined) {
    const label = layerDefinition(kind)?.parameters[second]?.label
    return label === undefined ? second : t(label)
  }
  if (part === 'dataset' && second !== undefined) {
    return first === 'inputs'
      ? t('Inputs {{layer}}', { layer: second })
      : t('Targets {{layer}}', { layer: second })
  }
  const words = path
    .map((key, at) => (path[at - 1] === 'classWeights' ? key : settingName(key)))
    .reduce((setting, property) => t('{{setting}} {{property}}', { setting, property }))
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * Those that have no word of ours, such as beta1, by their names with spaces. Some of the words mean something else in other
 * places, such as the metric precision.
 */
function settingName(key: string): string {
  const word = settingWords[key]
  return word === undefined
    ? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : t(word, { context: 'setting' })
}

/** A value of a change: words of ours in the language of the window, names that people gave as they are. */
export function changedValue(
  part: ChangedPart,
  path: readonly string[],
  value: unknown,
  kind?: string,
): string {
  const ours = wordsAmong(part, path, kind)
  const text = (each: unknown) =>
    typeof each === 'string' && ours.includes(each)
      ? t(each, part === 'training' ? { context: 'setting' } : undefined)
      : plainValue(each)
  return Array.isArray(value) && value.length > 0 ? listed(value.map(text)) : text(value)
}

/** The values there that are words of ours. */
function wordsAmong(part: ChangedPart, path: readonly string[], kind: string | undefined): readonly string[] {
  if (part === 'training') return settingValues
  const [first, second] = path
  if (first !== 'parameters' || second === undefined || kind === undefined) return []
  const field = layerDefinition(kind)?.parameters[second]
  return field?.control === 'choice' || field?.control === 'choices' ? field.choices : []
}

/** A value that is not known to be a word of ours. */
export function plainValue(value: unknown): string {
  if (value === undefined) return t('default')
  if (value === null) return t('null')
  if (typeof value === 'boolean') return value ? t('true') : t('false')
  if (typeof value === 'string') return value === '' ? t('nothing') : value
  if (Array.isArray(value)) return value.length === 0 ? t('nothing') : listed(value.map(plainValue))
  return JSON.stringify(value)
}
