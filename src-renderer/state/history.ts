import type { Edit } from '../../src-core/document/edits.ts'

export interface HistoryEntry {
  /** What undo and redo call it, e.g. `Add dense_1`. */
  readonly label: string
  readonly edit: Edit
  readonly inverse: Edit
  /** Edits with the same key in quick succession undo as one: typing in a field, nudging with the arrow keys. */
  readonly coalesceKey: string | undefined
  /** When it last grew, in milliseconds. */
  readonly at: number
}

export interface History {
  readonly done: readonly HistoryEntry[]
  readonly undone: readonly HistoryEntry[]
}

export const emptyHistory: History = { done: [], undone: [] }

/** Longer than the pause between two keystrokes, shorter than a thought. */
export const coalesceWithinMs = 1200

/** Enough for a long session; each entry holds only what it changed. */
const longestHistory = 1000

/** What an edit is called, told what brings back the state before it. */
export type NameEdit = (edit: Edit, inverse: Edit) => string

/** The history after one more edit. What was undone before is forgotten, as in every editor. */
export function record(history: History, entry: HistoryEntry, nameOf: NameEdit): History {
  const last = history.done.at(-1)
  if (last && coalesces(last, entry)) {
    return { done: [...history.done.slice(0, -1), merge(last, entry, nameOf)], undone: [] }
  }
  return { done: [...history.done, entry].slice(-longestHistory), undone: [] }
}

function coalesces(last: HistoryEntry, next: HistoryEntry): boolean {
  return (
    next.coalesceKey !== undefined &&
    last.coalesceKey === next.coalesceKey &&
    next.at - last.at <= coalesceWithinMs
  )
}

function merge(last: HistoryEntry, next: HistoryEntry, nameOf: NameEdit): HistoryEntry {
  if (overwrites(last.edit, next.edit)) {
    return { ...next, inverse: last.inverse, label: nameOf(next.edit, last.inverse) }
  }
  return {
    ...next,
    edit: { type: 'group', label: next.label, edits: [last.edit, next.edit] },
    inverse: { type: 'group', label: next.label, edits: [next.inverse, last.inverse] },
  }
}

/** True when `next` sets everything that `last` set, so that `last` leaves no trace. */
function overwrites(last: Edit, next: Edit): boolean {
  if (last.type === 'setParameters' && next.type === 'setParameters') {
    return last.layerId === next.layerId && sameKeys(last.parameters, next.parameters)
  }
  if (last.type === 'setLayerTraining' && next.type === 'setLayerTraining') {
    return last.layerId === next.layerId && sameKeys(last.changes, next.changes)
  }
  if (last.type === 'moveLayers' && next.type === 'moveLayers')
    return sameKeys(last.positions, next.positions)
  if (last.type === 'editBlock' && next.type === 'editBlock') {
    return last.blockId === next.blockId && overwrites(last.edit, next.edit)
  }
  if (last.type === 'renameLayer' && next.type === 'renameLayer') return last.layerId === next.layerId
  return (
    last.type === next.type &&
    ['setDocumentName', 'setDescription', 'setDataset', 'setTraining'].includes(next.type)
  )
}

function sameKeys(one: object, other: object): boolean {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key))
}

/** Ends coalescing: the next edit stands alone (leaving a field, the end of a drag). */
export function seal(history: History): History {
  const last = history.done.at(-1)
  if (!last || last.coalesceKey === undefined) return history
  return { ...history, done: [...history.done.slice(0, -1), { ...last, coalesceKey: undefined }] }
}
