import { assertNever } from '../../src-core/assert-never.ts'
import { insideOf } from '../../src-core/document/blocks/block-edits.ts'
import { blocksOf } from '../../src-core/document/blocks/block-kinds.ts'
import { type Change, changesBetween } from '../../src-core/document/changes-between.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { LayerNode, ModelDocument } from '../../src-core/document/model-document.ts'
import { layerDefinition } from '../../src-core/layers/catalogue.ts'
import { canvasEditLabel } from './canvas-edit-label.ts'

/**
 * What undo and redo call an edit, e.g. `Set units of dense_1: 32 → 64`. `document` is the one before the edit (or, in
 * a row of keystrokes, before the last of them: only names are read from it), `inverse` brings back the values before.
 */
export function editLabel(document: ModelDocument, edit: Edit, inverse: Edit): string {
  const layerOf = (layerId: string) => document.layers.find((layer) => layer.id === layerId)
  const name = (layerId: string) => layerOf(layerId)?.name ?? 'layer'
  switch (edit.type) {
    case 'addLayer':
      return `Add ${edit.layer.name}`
    case 'removeLayer':
      return `Delete ${name(edit.layerId)}`
    case 'replaceLayer':
      return `Replace ${name(edit.layer.id)} by ${kindLabel(edit.layer.kind)}`
    case 'setBypassed':
      return `${edit.bypassed ? 'Bypass' : 'Enable'} ${name(edit.layerId)}`
    case 'setRepeat':
      return `Repeat ${name(edit.layerId)} ${edit.repeat === 1 ? 'once' : `${edit.repeat} times`}`
    case 'addBlock':
      return `Add the block ${edit.block.name}`
    case 'removeBlock':
      return `Delete the block ${blockName(document, edit.blockId)}`
    case 'renameBlock':
      return `Rename the block ${blockName(document, edit.blockId)} to ${short(edit.name)}`
    case 'setBlockParameters':
      return `Change what ${blockName(document, edit.blockId)} exposes`
    case 'editBlock':
      return insideLabel(document, edit, inverse)
    case 'setPinned':
      return `${edit.pinned ? 'Pin' : 'Unpin'} ${name(edit.layerId)}`
    case 'setDirection':
    case 'addNote':
    case 'removeNote':
    case 'replaceNote':
      return canvasEditLabel(document, edit, inverse)
    case 'connect':
      return `Connect ${name(edit.connection.source)} to ${name(edit.connection.target)}`
    case 'disconnect':
      return disconnectLabel(document, edit.connectionId, name)
    case 'setParameters':
      return parametersLabel(layerOf(edit.layerId), edit.parameters, inverse)
    case 'setLayerTraining':
      return `Change the training of ${name(edit.layerId)}`
    case 'renameLayer':
      return `Rename ${name(edit.layerId)} to ${short(edit.name)}`
    case 'moveLayers': {
      const [only, ...others] = Object.keys(edit.positions)
      return only !== undefined && others.length === 0 ? `Move ${name(only)}` : 'Move layers'
    }
    case 'setDocumentName':
      return `Rename project to ${short(edit.name)}`
    case 'setDescription':
      return 'Change description'
    case 'setDataset':
      return datasetLabel(edit, inverse)
    case 'setTraining':
      return trainingLabel(edit, inverse)
    case 'replaceDocument':
      return 'Take the state of the file'
    case 'group':
      return edit.label
    default:
      return assertNever(edit)
  }
}

function blockName(document: ModelDocument, blockId: string): string {
  return blocksOf(document).find(({ id }) => id === blockId)?.name ?? 'block'
}

/** What is done inside of a block, said as it would be outside. */
function insideLabel(
  document: ModelDocument,
  { blockId, edit }: Extract<Edit, { type: 'editBlock' }>,
  inverse: Edit,
): string {
  const inside = insideOf(document, blockId)
  return inside ? editLabel(inside, edit, inverse.type === 'editBlock' ? inverse.edit : inverse) : 'Edit'
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
  return wire ? `Disconnect ${name(wire.source)} from ${name(wire.target)}` : 'Disconnect'
}

function parametersLabel(
  layer: LayerNode | undefined,
  parameters: Readonly<Record<string, unknown>>,
  inverse: Edit,
): string {
  const fields = layer ? layerDefinition(layer.kind)?.parameters : undefined
  const labelOf = (parameter: string) => (fields?.[parameter]?.label ?? parameter).toLowerCase()
  const names = Object.keys(parameters)
  const [only, ...others] = names
  const owner = layer?.name ?? 'layer'
  if (only === undefined || others.length > 0 || inverse.type !== 'setParameters') {
    return `Change ${names.map(labelOf).join(', ')} of ${owner}`
  }
  // What is absent is at its default.
  const shown = (value: unknown) => short(value ?? fields?.[only]?.default)
  return `Set ${labelOf(only)} of ${owner}: ${shown(inverse.parameters[only])} → ${shown(parameters[only])}`
}

function datasetLabel({ dataset }: Extract<Edit, { type: 'setDataset' }>, inverse: Edit): string {
  if (!dataset) return 'Remove dataset'
  const before = inverse.type === 'setDataset' ? inverse.dataset : null
  return before?.name === dataset.name
    ? `Change the columns of ${dataset.name}`
    : `Use dataset ${dataset.name}`
}

function trainingLabel({ training }: Extract<Edit, { type: 'setTraining' }>, inverse: Edit): string {
  const changes = inverse.type === 'setTraining' ? changesBetween(inverse.training, training) : []
  const [only, ...others] = changes
  return only && others.length === 0 ? settingLabel(only) : 'Change training settings'
}

function settingLabel({ path, before, after }: Change): string {
  const words = path.map((key) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)).join(' ')
  const from = before === undefined || before === null ? 'off' : short(before)
  return `Set ${words}: ${from} → ${after === undefined || after === null ? 'off' : short(after)}`
}

const longestValue = 28

function short(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(String).join(' × ')
    : typeof value === 'object' && value !== null
      ? 'on'
      : String(value)
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text
}
