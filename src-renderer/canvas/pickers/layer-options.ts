import { blockIdOf } from '../../../src-core/document/blocks/block-kinds.ts'
import type { LayerFace } from '../../../src-core/document/blocks/layer-face.ts'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { sentence } from '../../../src-core/language/sentence.ts'
import { mark, t } from '../../../src-core/language/t.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { layerCategories } from '../../../src-core/layers/define-layer.ts'
import type { Option } from '../../ui/option-list.tsx'
import { kindLabel } from '../block-prototypes.ts'
import { categoryLook } from '../categories.ts'
import { searchLayers } from '../search-layers.ts'

/**
 * Layer kinds as options. What was typed puts the best match first; otherwise favourites come first, then categories
 * in the palette's order.
 */
export function kindOptions(
  definitions: readonly LayerFace[],
  query: string,
  favourites: readonly string[],
): readonly Option[] {
  const found = searchLayers(definitions, query)
  if (query.trim() !== '') return found.map((definition) => kindOption(definition, undefined))
  const preferred = found.filter(({ kind }) => favourites.includes(kind))
  const rest = layerCategories.flatMap((category) =>
    found.filter((definition) => definition.category === category && !preferred.includes(definition)),
  )
  return [
    ...preferred.map((definition) => kindOption(definition, mark('Favourites'))),
    ...rest.map((definition) => kindOption(definition, definition.category)),
  ]
}

function kindOption(definition: LayerFace, group?: string): Option {
  const { kind, category, description } = definition
  const look = categoryLook(category)
  return {
    id: kind,
    label: kindLabel(definition),
    group: group === undefined ? undefined : t(group),
    detail: group === category ? undefined : t(category),
    icon: look.icon,
    colour: look.colour,
    about: blockIdOf(kind) === undefined ? t(description) : sentence(description),
  }
}

/** Layers of the drawing as options, those whose name or kind contains what was typed. */
export function layerOptions(layers: readonly LayerNode[], query: string): readonly Option[] {
  const wanted = query.trim().toLowerCase()
  return layers.flatMap((layer): Option[] => {
    const definition = layerDefinition(layer.kind)
    const label = definition?.label ?? layer.kind
    if (!`${layer.name} ${label}`.toLowerCase().includes(wanted)) return []
    const look = categoryLook(definition?.category)
    return [{ id: layer.id, label: layer.name, detail: label, icon: look.icon, colour: look.colour }]
  })
}
