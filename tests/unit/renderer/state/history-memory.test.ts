// @vitest-environment node
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, expect, it } from 'vitest'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { documentOf, opened } from '../support/documents.ts'

const steps = 500
const layerCount = 1000
const project = () => useProject.getState()

let collectGarbage: () => void
beforeAll(() => {
  setFlagsFromString('--expose-gc')
  collectGarbage = runInNewContext('gc')
})

function heap(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

it('holds 500 steps on a thousand layers in less than what one document copy per step would take by far', () => {
  const layers = Array.from(
    { length: layerCount },
    (_, index) => [`dense_${index}`, 'dense', { units: 8 }] as const,
  )
  const start = documentOf(layers)
  project().show(opened(start))
  const before = heap()
  const copy = structuredClone(start)
  const documentSize = heap() - before

  const beforeSteps = heap()
  for (let step = 0; step < steps; step++) {
    const layerId = `dense_${(step * 7) % layerCount}`
    if (step % 3 === 0) dispatch({ type: 'setParameters', layerId, parameters: { units: step + 9 } })
    if (step % 3 === 1) dispatch({ type: 'moveLayers', positions: { [layerId]: { x: step, y: step } } })
    if (step % 3 === 2) dispatch({ type: 'removeLayer', layerId })
  }
  const held = heap() - beforeSteps
  expect(project().history.done).toHaveLength(steps)
  // Measured: about 0.45 MB, less than one document.
  expect(held).toBeLessThan(4 * documentSize)
  expect(held).toBeLessThan(3_000_000)

  for (let step = 0; step < steps; step++) project().undo()
  expect(project().document).toEqual(copy)
})

it('keeps all steps through saving and autosaving', () => {
  project().show(opened(documentOf([['dense_1', 'dense']])))
  for (let units = 1; units <= steps; units++) {
    dispatch({ type: 'setParameters', layerId: 'dense_1', parameters: { units } })
    const { document } = project()
    if (document && units % 50 === 0) project().noteSaved(document, { filePath: 'model.loom.json' })
  }
  expect(project().history.done).toHaveLength(steps)
  expect(project().saveState).toBe('saved')
  project().undo()
  expect(project().document?.layers[0]?.parameters).toEqual({ units: steps - 1 })
  expect(project().saveState).toBe('unsaved')
})
