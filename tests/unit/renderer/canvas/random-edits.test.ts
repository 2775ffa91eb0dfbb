// @vitest-environment node
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDocument } from '../../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../../src-core/document/serialise.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { gestures } from '../support/gestures.ts'

it('any 200 gestures are undone to the identical document and redone to the identical result', () => {
  const gesture = fc.tuple(fc.nat(gestures.length - 1), fc.nat(), fc.nat())
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 200, maxLength: 200, size: 'max' }), (sequence) => {
      const store = useProject.getState
      const start = smallClassifier()
      store().show(opened(start))
      for (const [which, one, other] of sequence) {
        const { document, dispatch } = store()
        const edit = document && gestures[which]?.(document, one, other)
        if (edit) dispatch(edit)
      }
      const end = store().document
      const steps = store().history.done.length
      if (!end) throw new Error('the document is gone')
      // What gestures make can be saved and read back, and no wire dangles.
      const read = parseDocument(serialiseDocument(end))
      expect(read.ok).toBe(true)
      const ids = new Set(end.layers.map(({ id }) => id))
      expect(end.connections.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true)

      for (let step = 0; step < steps; step++) store().undo()
      expect(store().document).toEqual(start)
      expect(serialiseDocument(store().document ?? end)).toBe(serialiseDocument(start))
      for (let step = 0; step < steps; step++) store().redo()
      expect(store().document).toEqual(end)
      expect(serialiseDocument(store().document ?? start)).toBe(serialiseDocument(end))
    }),
    { numRuns: 12 },
  )
})
