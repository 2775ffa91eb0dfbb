import type { Edit } from './edits.ts'
import type { ModelDocument } from './model-document.ts'

export interface AppliedEdit {
  readonly document: ModelDocument
  /** Applied to `document`, gives back the document before. */
  readonly inverse: Edit
}

export type EditOf<T extends Edit['type']> = Extract<Edit, { type: T }>

/** What comes of an edit that makes no sense any more. */
export function unchanged(document: ModelDocument): AppliedEdit {
  return { document, inverse: { type: 'group', label: 'Nothing', edits: [] } }
}

export function insertAt<T>(list: readonly T[], index: number | undefined, item: T): T[] {
  const at = index === undefined ? list.length : Math.max(0, Math.min(index, list.length))
  return [...list.slice(0, at), item, ...list.slice(at)]
}

export function replaceAt<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((old, at) => (at === index ? item : old))
}
