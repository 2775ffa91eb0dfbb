// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { coalesceWithinMs } from '../../../../src-renderer/state/history.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'

const project = () => useProject.getState()
const layer = (id: string) => project().document?.layers.find((candidate) => candidate.id === id)
const undoLabels = () => project().history.done.map((entry) => entry.label)
const setUnits = (units: number) =>
  dispatch(
    { type: 'setParameters', layerId: 'dense_1', parameters: { units } },
    { coalesceKey: 'dense_1.units' },
  )
const move = (x: number, coalesceKey?: string) =>
  dispatch(
    { type: 'moveLayers', positions: { dense_1: { x, y: 0 } } },
    coalesceKey === undefined ? {} : { coalesceKey },
  )

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  project().show(opened(smallClassifier()))
})

describe('undo and redo', () => {
  it('brings back the identical document, edit by edit', () => {
    const before = project().document
    dispatch({ type: 'removeLayer', layerId: 'flatten_1' })
    dispatch({ type: 'setParameters', layerId: 'dense_1', parameters: { units: 64 } })
    dispatch({ type: 'renameLayer', layerId: 'dense_1', name: 'head' })
    const after = project().document

    project().undo()
    expect(layer('dense_1')?.name).toBe('dense_1')
    project().undo()
    project().undo()
    expect(project().document).toEqual(before)

    project().redo()
    project().redo()
    project().redo()
    expect(project().document).toEqual(after)
  })

  it('puts the wires of a deleted layer back where they were', () => {
    const before = project().document?.connections
    dispatch({ type: 'removeLayer', layerId: 'dense_1' })
    expect(project().document?.connections).toHaveLength(1)
    project().undo()
    expect(project().document?.connections).toEqual(before)
  })

  it('names every edit by what it does to which layer', () => {
    dispatch({ type: 'renameLayer', layerId: 'dense_1', name: 'head' })
    dispatch({ type: 'disconnect', connectionId: 'flatten_1-dense_1' })
    dispatch({ type: 'removeLayer', layerId: 'flatten_1' })
    expect(undoLabels()).toEqual([
      'Rename dense_1 to head',
      'Disconnect flatten_1 from head',
      'Delete flatten_1',
    ])
  })

  it('forgets what was undone once something new is done', () => {
    setUnits(64)
    project().undo()
    dispatch({ type: 'renameLayer', layerId: 'dense_1', name: 'head' })
    project().redo()
    expect(layer('dense_1')?.parameters).toEqual({ units: 10 })
    expect(project().history.undone).toEqual([])
  })

  it('does nothing where there is nothing to undo or redo', () => {
    const before = project().document
    project().undo()
    project().redo()
    expect(project().document).toBe(before)
  })

  it('keeps no trace of an edit that changes nothing', () => {
    dispatch({ type: 'removeLayer', layerId: 'no_such_layer' })
    expect(undoLabels()).toEqual([])
    expect(project().saveState).toBe('saved')
  })

  it('starts anew with another project', () => {
    setUnits(64)
    project().show(opened(smallClassifier(), 2))
    project().undo()
    expect(layer('dense_1')?.parameters).toEqual({ units: 10 })
    expect(undoLabels()).toEqual([])
  })
})

describe('coalescing', () => {
  it('makes one step of keystrokes in one field', () => {
    for (const units of [1, 12, 128]) {
      setUnits(units)
      vi.advanceTimersByTime(200)
    }
    expect(undoLabels()).toHaveLength(1)
    project().undo()
    expect(layer('dense_1')?.parameters).toEqual({ units: 10 })
    project().redo()
    expect(layer('dense_1')?.parameters).toEqual({ units: 128 })
  })

  it('ends after a pause', () => {
    setUnits(64)
    vi.advanceTimersByTime(coalesceWithinMs + 1)
    setUnits(65)
    project().undo()
    expect(layer('dense_1')?.parameters).toEqual({ units: 64 })
  })

  it('goes on while every pause is short, however long the whole takes', () => {
    for (let x = 1; x <= 20; x++) {
      move(x, 'nudge:dense_1')
      vi.advanceTimersByTime(coalesceWithinMs / 2)
    }
    expect(undoLabels()).toEqual(['Move dense_1'])
    project().undo()
    expect(layer('dense_1')?.position).toEqual({ x: 0, y: 240 })
  })

  it('keeps fields, layers and edits without a key apart', () => {
    setUnits(64)
    dispatch(
      { type: 'setParameters', layerId: 'dense_1', parameters: { activation: 'relu' } },
      { coalesceKey: 'dense_1.activation' },
    )
    move(1)
    move(2)
    expect(undoLabels()).toHaveLength(4)
  })

  it('keeps every part of what it joins, also of edits that do not overwrite each other', () => {
    move(8, 'drag:1')
    dispatch({ type: 'disconnect', connectionId: 'flatten_1-dense_1' }, { coalesceKey: 'drag:1' })
    expect(undoLabels()).toHaveLength(1)
    const after = project().document
    project().undo()
    expect(project().document).toEqual(smallClassifier())
    project().redo()
    expect(project().document).toEqual(after)
  })

  it('ends when the field is left', () => {
    setUnits(64)
    project().sealHistory()
    setUnits(65)
    expect(undoLabels()).toHaveLength(2)
  })

  it('does not join what follows a redo to what was redone', () => {
    setUnits(64)
    project().undo()
    project().redo()
    setUnits(65)
    project().undo()
    expect(layer('dense_1')?.parameters).toEqual({ units: 64 })
  })
})

describe('the save state', () => {
  it('is unsaved after an edit and saved again when the edit is undone', () => {
    expect(project().saveState).toBe('saved')
    setUnits(64)
    expect(project().saveState).toBe('unsaved')
    project().noteSaved(project().document ?? smallClassifier())
    expect(project().saveState).toBe('saved')
  })

  it('stays unsaved when something changed while an older document was stored', () => {
    setUnits(64)
    const stored = project().document
    setUnits(65)
    if (stored) project().noteSaved(stored)
    expect(project().saveState).toBe('unsaved')
  })
})

describe('the selection', () => {
  it('loses what is deleted and keeps the rest', () => {
    project().select(['flatten_1', 'dense_1'], ['input_1-flatten_1'])
    dispatch({ type: 'removeLayer', layerId: 'flatten_1' })
    expect([...project().selectedLayers]).toEqual(['dense_1'])
    expect([...project().selectedConnections]).toEqual([])
  })

  it('stays the same set when nothing of it is gone, so that nothing renders for it', () => {
    project().select(['dense_1'])
    const before = project().selectedLayers
    setUnits(64)
    project().select(['dense_1'])
    expect(project().selectedLayers).toBe(before)
  })
})
