import { create } from 'zustand'
import type { ModelDocument } from '../../src-core/document/model-document.ts'

/** A whole document that was pasted: the person is asked what to do with it. */
export const useOfferedDocument = create<{ readonly document: ModelDocument | null }>()(() => ({
  document: null,
}))

export function offerDocument(document: ModelDocument | null): void {
  useOfferedDocument.setState({ document })
}
