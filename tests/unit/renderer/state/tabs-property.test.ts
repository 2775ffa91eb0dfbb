import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../../src-core/document/serialise.ts'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { openInTab, showTab } from '../../../../src-renderer/state/tab-actions.ts'
import { useTabs } from '../../../../src-renderer/state/tabs-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { gestures } from '../support/gestures.ts'
import { installMain } from '../support/main-fake.ts'

const ids = [1, 2, 3]
const start = (id: number): ModelDocument => ({ ...smallClassifier(), name: `Model ${id}` })
const store = useProject.getState

/** In which tab, whether something is undone or redone instead, and the gesture with its numbers. */
const step = fc.record({
  tab: fc.constantFrom(...ids),
  back: fc.constantFrom('do', 'do', 'do', 'undo', 'redo'),
  gesture: fc.tuple(fc.nat(gestures.length - 1), fc.nat(), fc.nat()),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function take({ back, gesture: [which, one, other] }: Step): void {
  const { document, dispatch, undo, redo } = store()
  if (back === 'undo') undo()
  else if (back === 'redo') redo()
  else {
    const edit = document && gestures[which]?.(document, one, other)
    if (edit) dispatch(edit)
  }
}

/** What a project comes to when nothing else is open. */
function alone(id: number, steps: readonly Step[]): string {
  store().show(opened(start(id), id))
  for (const each of steps) if (each.tab === id) take(each)
  return text()
}

function text(): string {
  const { document } = store()
  if (!document) throw new Error('no document is shown')
  return serialiseDocument(document)
}

/** What undoing everything comes to. */
function undone(): string {
  while (store().history.done.length > 0) store().undo()
  return text()
}

it('whatever is done in three tabs in turns, each document is what it would be alone, and all of it can be undone', async () => {
  const main = installMain()
  main.answer('projects.save', () => ({ ok: true, value: { savedAt: 'now', hash: 'h', filePath: null } }))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 90, size: 'max' }), async (steps) => {
      const expected = ids.map((id) => alone(id, steps))
      useTabs.setState({ tabs: [], closed: [], restored: true })
      store().show(null)
      for (const id of ids) await openInTab(opened(start(id), id))
      for (const each of steps) {
        expect(await showTab(each.tab)).toBe(true)
        take(each)
      }
      for (const [index, id] of ids.entries()) {
        await showTab(id)
        expect(text()).toBe(expected[index])
        // The workspace has it as well, of all that go to the background.
        await showTab(null)
        const stored = main.calls('projects.save').findLast(({ projectId }) => projectId === id)
        if (stored) expect(serialiseDocument(stored.document)).toBe(expected[index])
      }
      for (const id of ids) {
        await showTab(id)
        expect(undone()).toBe(serialiseDocument(start(id)))
      }
    }),
    { numRuns: 15 },
  )
})
