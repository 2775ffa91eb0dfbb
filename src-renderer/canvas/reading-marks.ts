import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { useReading } from '../state/reading-store.ts'
import { type Found, findOnCanvas, type PathMembers, pathMembers, wrapped } from './reading.ts'

/** Classes that mark what is read: what is out of the focus, what was found, and which of the finds is shown. */
export interface ReadingMarks {
  readonly ofLayer: (layerId: string) => string | undefined
  readonly ofNote: (noteId: string) => string | undefined
  readonly ofWire: (wireId: string) => string | undefined
}

const dimmed = 'is-dimmed'

/** The marks of the open document as it is being read now. */
export function readingMarks(document: ModelDocument): ReadingMarks {
  const { path, search, found } = useReading.getState()
  const members = path ? pathMembers(document, path.layerId, path.direction) : undefined
  const finds = search === null ? [] : findOnCanvas(document, search)
  const current = finds[wrapped(found, finds.length)]
  const [layers, notes] = [finds.flatMap(layerOf), finds.flatMap(noteOf)].map((ids) => new Set(ids))
  const currents = current ? [...layerOf(current).map(layerMark), ...noteOf(current).map(noteMark)] : []
  return {
    ofLayer: (id) => joined(isOut(members?.layers, id), layers?.has(id), currents.includes(layerMark(id))),
    ofNote: (id) => joined(members !== undefined, notes?.has(id), currents.includes(noteMark(id))),
    ofWire: (id) => (isOut(members?.wires, id) ? dimmed : undefined),
  }
}

function isOut(members: PathMembers['layers'] | undefined, id: string): boolean {
  return members !== undefined && !members.has(id)
}

function joined(out: boolean, found: boolean | undefined, current: boolean): string | undefined {
  const names = [out && dimmed, found && 'is-found', current && 'is-found-now'].filter((name) => name)
  return names.length === 0 ? undefined : names.join(' ')
}

const layerOf = (found: Found) => ('layerId' in found ? [found.layerId] : [])
const noteOf = (found: Found) => ('noteId' in found ? [found.noteId] : [])
const layerMark = (id: string) => `layer ${id}`
const noteMark = (id: string) => `note ${id}`
