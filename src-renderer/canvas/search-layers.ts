import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import { t } from '../../src-core/language/t.ts'
import { kindLabel } from './block-prototypes.ts'

/**
 * Layers that match what was typed, best first: the name begins with it, a word of the name does, the name contains
 * it, category, a choice or the description do, in English or the language of the window. Everything, in catalogue order,
 * for an empty query.
 */
export function searchLayers<Face extends LayerFace>(
  definitions: readonly Face[],
  query: string,
): readonly Face[] {
  const wanted = simplified(query)
  if (wanted === '') return definitions
  return definitions
    .map((definition) => ({ definition, rank: rankOf(definition, wanted) }))
    .filter((found) => found.rank < Infinity)
    .toSorted((one, other) => one.rank - other.rank)
    .map((found) => found.definition)
}

function rankOf(definition: LayerFace, wanted: string): number {
  const name = simplified(definition.label)
  if (name.startsWith(wanted)) return 0
  if (
    definition.label
      .toLowerCase()
      .split(/[\s-]/)
      .some((word) => word.startsWith(wanted))
  )
    return 1
  if (name.includes(wanted) || simplified(definition.kind).includes(wanted)) return 2
  if (choicesOf(definition).some((choice) => simplified(choice).startsWith(wanted))) return 3
  const says = (text: string) => [text, t(text)].some((words) => simplified(words).includes(wanted))
  if (simplified(kindLabel(definition)).includes(wanted)) return 2
  if (says(definition.category)) return 4
  // A letter or two is in every description; two Chinese characters are a word.
  const isWord = wanted.length > (/\p{Script=Han}/u.test(wanted) ? 1 : 2)
  return isWord && says(definition.description) ? 5 : Infinity
}

/** Names such as `relu` lead to the layer that offers them first. */
function choicesOf(definition: LayerFace): readonly string[] {
  const [field] = Object.values(definition.parameters)
  return field?.control === 'choice' ? field.choices : []
}

function simplified(text: string): string {
  return text.toLowerCase().replaceAll(/[\s\-_]/g, '')
}
