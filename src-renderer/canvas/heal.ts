import { applyEdit, type Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { newConnection } from '../../src-core/document/new-elements.ts'
import { t } from '../../src-core/language/t.ts'

/**
 * The edit that deletes layers and closes the gaps: what fed a deleted layer through its only wire now feeds what the
 * layer fed. Undefined when none of the layers exists.
 */
export function healEdit(document: ModelDocument, layerIds: ReadonlySet<string>): Edit | undefined {
  const removed = document.layers.filter(({ id }) => layerIds.has(id))
  const [only] = removed
  if (!only) return undefined
  const edits: Edit[] = []
  let current = document
  for (const { id } of removed) {
    for (const edit of [...bridges(current, id), { type: 'removeLayer', layerId: id } satisfies Edit]) {
      edits.push(edit)
      current = applyEdit(current, edit).document
    }
  }
  const label =
    removed.length === 1
      ? t('Delete {{name}} and reconnect', { name: only.name })
      : t('Delete {{count, number}} layers and reconnect', { count: removed.length })
  return { type: 'group', label, edits }
}

/** Edits that lead each wire from a layer past it; none when it gets its input through several wires or through none. */
function bridges(document: ModelDocument, layerId: string): Edit[] {
  const [into, ...others] = document.connections.filter(({ target }) => target === layerId)
  if (!into || others.length > 0) return []
  const taken = new Set<string>()
  return document.connections.flatMap((wire, index): Edit[] => {
    if (wire.source !== layerId || wire.target === layerId) return []
    const { source, sourcePort } = into
    const { target, targetPort } = wire
    const bridge = newConnection(document, { source, sourcePort, target, targetPort }, taken)
    taken.add(bridge.id)
    return [
      { type: 'disconnect', connectionId: wire.id },
      { type: 'connect', connection: bridge, index },
    ]
  })
}
