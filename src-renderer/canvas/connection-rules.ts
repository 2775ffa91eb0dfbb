import { layerFace } from '../../src-core/document/blocks/layer-face.ts'
import type { Edit } from '../../src-core/document/edits.ts'
import type { Connection, ModelDocument } from '../../src-core/document/model-document.ts'
import { newConnection } from '../../src-core/document/new-elements.ts'
import { t } from '../../src-core/language/t.ts'

export type Ends = Omit<Connection, 'id'>

export type ConnectionVerdict =
  /** `replaces` is the wire that a port for one wire gives up. */
  | { readonly ok: true; readonly replaces: Connection | undefined }
  | { readonly ok: false; readonly reason: string }

/** Whether a wire may be drawn between two ports, and why not. */
export function checkConnection(document: ModelDocument, ends: Ends): ConnectionVerdict {
  const source = document.layers.find((layer) => layer.id === ends.source)
  const target = document.layers.find((layer) => layer.id === ends.target)
  if (!source || !target) return refuse(t('The layer is gone.'))
  if (source.id === target.id) return refuse(t('A layer cannot feed itself.'))
  if (reaches(document, target.id, source.id)) {
    return refuse(
      t('{{target}} already leads to {{source}}: this would close a circle.', {
        target: target.name,
        source: source.name,
      }),
    )
  }
  const port = layerFace(document, target.kind)?.inputs.find((input) => input.name === ends.targetPort)
  if (!port) return refuse(t('{{name}} has no such input.', { name: target.name }))
  const wired = wiresAt(document, ends.target, ends.targetPort)
  if (
    wired.some((wire) => wire.source === ends.source && wire.sourcePort === ends.sourcePort) &&
    !port.many
  ) {
    return refuse(t('These two are already connected.'))
  }
  if (!port.many) return { ok: true, replaces: wired[0] }
  if (port.maximum !== undefined && wired.length >= port.maximum) {
    return refuse(
      t('{{name}} takes at most {{count, number}} wires here.', { name: target.name, count: port.maximum }),
    )
  }
  return { ok: true, replaces: undefined }
}

function refuse(reason: string): ConnectionVerdict {
  return { ok: false, reason }
}

function wiresAt(document: ModelDocument, layerId: string, port: string): readonly Connection[] {
  return document.connections.filter((wire) => wire.target === layerId && wire.targetPort === port)
}

/** Whether `to` can be reached from `from` along the wires. */
export function reaches(document: ModelDocument, from: string, to: string): boolean {
  return descendants(document, from).has(to)
}

/** A layer and everything behind it. */
export function descendants(document: ModelDocument, from: string): ReadonlySet<string> {
  const next = new Map<string, string[]>()
  for (const { source, target } of document.connections) {
    const targets = next.get(source)
    if (targets) targets.push(target)
    else next.set(source, [target])
  }
  const found = new Set([from])
  const open = [from]
  for (let layer = open.pop(); layer !== undefined; layer = open.pop()) {
    for (const target of next.get(layer) ?? []) {
      if (!found.has(target)) {
        found.add(target)
        open.push(target)
      }
    }
  }
  return found
}

/** The edit that draws a wire, replacing the one that is in the way; undefined where none may be drawn. */
export function connectEdit(document: ModelDocument, ends: Ends): Edit | undefined {
  const verdict = checkConnection(document, ends)
  if (!verdict.ok) return undefined
  const connection = newConnection(document, ends)
  const { replaces } = verdict
  if (!replaces) return { type: 'connect', connection }
  const name = document.layers.find((layer) => layer.id === ends.target)?.name ?? t('layer')
  return {
    type: 'group',
    label: t('Rewire {{name}}', { name }),
    edits: [
      { type: 'disconnect', connectionId: replaces.id },
      { type: 'connect', connection, index: document.connections.indexOf(replaces) },
    ],
  }
}

/**
 * The input of a layer that a wire from `source` would naturally go to: the first free one, else the first that may
 * take it. Undefined when none may.
 */
export function bestInput(document: ModelDocument, source: string, target: string): Ends | undefined {
  const from = document.layers.find((layer) => layer.id === source)
  const to = document.layers.find((layer) => layer.id === target)
  const sourcePort = from && layerFace(document, from.kind)?.outputs[0]?.name
  if (!to || sourcePort === undefined) return undefined
  const candidates = (layerFace(document, to.kind)?.inputs ?? []).flatMap((input) => {
    const ends = { source, sourcePort, target, targetPort: input.name }
    const verdict = checkConnection(document, ends)
    return verdict.ok ? [{ ends, replaces: verdict.replaces !== undefined }] : []
  })
  return (candidates.find((candidate) => !candidate.replaces) ?? candidates[0])?.ends
}
