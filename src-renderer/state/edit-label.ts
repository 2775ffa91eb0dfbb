import { assertNever } from '../../src-core/assert-never.ts'
import { insideOf } from '../../src-core/document/blocks/block-edits.ts'
import { blocksOf } from '../../src-core/document/blocks/block-kinds.ts'
import { type Change, changesBetween } from '../../src-core/document/changes-between.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import { layerDefinition } from '../../src-core/layers/catalogue.ts'
import { canvasEditLabel } from './canvas-edit-label.ts'
import { settingName } from './setting-names.ts'

/**
 * What undo and redo call an edit, e.g. `Set units of dense_1: 32 → 64`. `document` is the one before the edit (or, in
 * a row of keystrokes, before the last of them: only names are read from it), `inverse` brings back the values before.
 */
export function editLabel(document: ModelDocument, edit: Edit, inverse: Edit): string {
  const layerOf = (layerId: string) => document.layers.find((layer) => layer.id === layerId)
  const name = (layerId: string) => layerOf(layerId)?.name ?? t('layer')
  switch (edit.type) {
    case 'addLayer':
      return t('Add {{name}}', { name: edit.layer.name })
    case 'removeLayer':
      return t('Delete {{name}}', { name: name(edit.layerId) })
    case 'replaceLayer':
      return t('Replace {{name}} by {{kind}}', {
        name: name(edit.layer.id),
        kind: kindLabel(edit.layer.kind),
      })
    case 'setBypassed':
      return t(edit.bypassed ? 'Bypass {{name}}' : 'Enable {{name}}', { name: name(edit.layerId) })
    case 'setRepeat':
      return edit.repeat === 1
        ? t('Repeat {{name}} once', { name: name(edit.layerId) })
        : t('Repeat {{name}} {{times}} times', { name: name(edit.layerId), times: edit.repeat })
    case 'addBlock':
      return t('Add the block {{name}}', { name: edit.block.name })
    case 'removeBlock':
      return t('Delete the block {{name}}', { name: blockName(document, edit.blockId) })
    case 'renameBlock':
      return t('Rename the block {{before}} to {{after}}', {
        before: blockName(document, edit.blockId),
        after: short(edit.name),
      })
    case 'setBlockParameters':
      return t('Change what {{name}} exposes', { name: blockName(document, edit.blockId) })
    case 'editBlock':
      return insideLabel(document, edit, inverse)
    case 'setPinned':
      return t(edit.pinned ? 'Pin {{name}}' : 'Unpin {{name}}', { name: name(edit.layerId) })
    case 'setDirection':
    case 'addNote':
    case 'removeNote':
    case 'replaceNote':
      return canvasEditLabel(document, edit, inverse)
    case 'connect':
      return t('Connect {{source}} to {{target}}', {
        source: name(edit.connection.source),
        target: name(edit.connection.target),
      })
    case 'disconnect':
      return disconnectLabel(document, edit.connectionId, name)
    case 'setParameters':
      return parametersLabel(layerOf(edit.layerId), edit.parameters, inverse)
    case 'setLayerTraining':
      return t('Change the training of {{name}}', { name: name(edit.layerId) })
    case 'renameLayer':
      return t('Rename {{before}} to {{after}}', { before: name(edit.layerId), after: short(edit.name) })
    case 'moveLayers': {
      const [only, ...others] = Object.keys(edit.positions)
      return only !== undefined && others.length === 0
        ? t('Move {{name}}', { name: name(only) })
        : t('Move layers')
    }
    case 'setDocumentName':
      return t('Rename project to {{name}}', { name: short(edit.name) })
    case 'setDescription':
      return t('Change description')
    case 'setDataset':
      return datasetLabel(edit, inverse)
    case 'setTraining':
      return trainingLabel(edit, inverse)
    case 'replaceDocument':
      return t('Take the state of the file')
    case 'group':
      return edit.label
    default:
      return assertNever(edit)
  }
}

function blockName(document: ModelDocument, blockId: string): string {
  return blocksOf(document).find(({ id }) => id === blockId)?.name ?? t('block')
}

/** What is done inside of a block, said as it would be outside. */
function insideLabel(
  document: ModelDocument,
  { blockId, edit }: Extract<Edit, { type: 'editBlock' }>,
  inverse: Edit,
): string {
  const inside = insideOf(document, blockId)
  return inside ? editLabel(inside, edit, inverse.type === 'editBlock' ? inverse.edit : inverse) : t('Edit')
}

function kindLabel(kind: string): string {
  return layerDefinition(kind)?.label ?? kind
}

function disconnectLabel(
  document: ModelDocument,
  connectionId: string,
  name: (layerId: string) => string,
): string {
  const wire = document.connections.find((connection) => connection.id === connectionId)
  return wire
    ? t('Disconnect {{source}} from {{target}}', { source: name(wire.source), target: name(wire.target) })
    : t('Disconnect')
}

function parametersLabel(
  layer: LayerNode | undefined,
  parameters: Readonly<Record<string, unknown>>,
  inverse: Edit,
): string {
  const fields = layer ? layerDefinition(layer.kind)?.parameters : undefined
  const labelOf = (parameter: string) => t(fields?.[parameter]?.label ?? parameter).toLowerCase()
  const names = Object.keys(parameters)
  const [only, ...others] = names
  const owner = layer?.name ?? t('layer')
  if (only === undefined || others.length > 0 || inverse.type !== 'setParameters') {
    return t('Change {{parameters}} of {{name}}', {
      parameters: names.map(labelOf).join(t(', ')),
      name: owner,
    })
  }
  // What is absent is at its default.
  const shown = (value: unknown) => short(value ?? fields?.[only]?.default)
  return t('Set {{parameter}} of {{name}}: {{before}} → {{after}}', {
    parameter: labelOf(only),
    name: owner,
    before: shown(inverse.parameters[only]),
    after: shown(parameters[only]),
  })
}

function datasetLabel({ dataset }: Extract<Edit, { type: 'setDataset' }>, inverse: Edit): string {
  if (!dataset) return t('Remove dataset')
  const before = inverse.type === 'setDataset' ? inverse.dataset : null
  return before?.name === dataset.name
    ? t('Change the columns of {{name}}', { name: dataset.name })
    : t('Use dataset {{name}}', { name: dataset.name })
}

function trainingLabel({ training }: Extract<Edit, { type: 'setTraining' }>, inverse: Edit): string {
  const changes = inverse.type === 'setTraining' ? changesBetween(inverse.training, training) : []
  const [only, ...others] = changes
  return only && others.length === 0 ? settingLabel(only) : t('Change training settings')
}

function settingLabel({ path, before, after }: Change): string {
  const value = (given: unknown) => (given === undefined || given === null ? t('off') : short(given))
  return t('Set {{setting}}: {{before}} → {{after}}', {
    setting: settingName(path),
    before: value(before),
    after: value(after),
  })
}

const longestValue = 28

function short(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(String).join(' × ')
    : typeof value === 'object' && value !== null
      ? t('on')
      : String(value)
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text
}
