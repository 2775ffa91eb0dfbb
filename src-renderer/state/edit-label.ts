import { assertNever } from '../../src-core/assert-never.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'

/** What undo and redo call an edit that is about to be applied to `document`. */
export function editLabel(document: ModelDocument, edit: Edit): string {
  const name = (layerId: string) => document.layers.find((layer) => layer.id === layerId)?.name ?? 'layer'
  switch (edit.type) {
    case 'addLayer':
      return `Add ${edit.layer.name}`
    case 'removeLayer':
      return `Delete ${name(edit.layerId)}`
    case 'connect':
      return `Connect ${name(edit.connection.source)} to ${name(edit.connection.target)}`
    case 'disconnect':
      return disconnectLabel(document, edit.connectionId, name)
    case 'setParameters':
      return `Change ${Object.keys(edit.parameters).join(', ')} of ${name(edit.layerId)}`
    case 'setLayerTraining':
      return `Change the training of ${name(edit.layerId)}`
    case 'renameLayer':
      return `Rename ${name(edit.layerId)}`
    case 'moveLayers': {
      const [only, ...others] = Object.keys(edit.positions)
      return only !== undefined && others.length === 0 ? `Move ${name(only)}` : 'Move layers'
    }
    case 'setDocumentName':
      return 'Rename project'
    case 'setDescription':
      return 'Change description'
    case 'setDataset':
      return edit.dataset ? `Use dataset ${edit.dataset.name}` : 'Remove dataset'
    case 'setTraining':
      return 'Change training settings'
    case 'group':
      return edit.label
    default:
      return assertNever(edit)
  }
}

function disconnectLabel(
  document: ModelDocument,
  connectionId: string,
  name: (layerId: string) => string,
): string {
  const wire = document.connections.find((connection) => connection.id === connectionId)
  return wire ? `Disconnect ${name(wire.source)} from ${name(wire.target)}` : 'Disconnect'
}
