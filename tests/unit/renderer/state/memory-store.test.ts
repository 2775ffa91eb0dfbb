import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MemoryReport } from '../../../../src-core/training/memory/memory-report.ts'
import { startCompiling } from '../../../../src-renderer/state/compile-store.ts'
import { memoryAfterMs, startMemoryFeed, useMemory } from '../../../../src-renderer/state/memory-store.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

let main: MainFake
let stops: readonly (() => void)[]
const asked = () => main.calls('runs.memory')
const report = (needed: number): MemoryReport => ({
  batchSize: 32,
  needed,
  available: 4e9,
  fittingBatchSize: null,
})
const setUnits = (units: number) =>
  dispatch({ type: 'setParameters', layerId: 'dense_1', parameters: { units } })

beforeEach(() => {
  vi.useFakeTimers()
  main = installMain()
  main.answer('runs.memory', ({ document }) => {
    const dense = document.layers.find(({ id }) => id === 'dense_1')
    return { ok: true, value: report(Number(dense?.parameters.units) * 1e6) }
  })
  stops = [startCompiling(), startMemoryFeed()]
  useProject.getState().show(opened(smallClassifier()))
})
afterEach(() => {
  for (const stop of stops) stop()
  vi.useRealTimers()
})

describe('the memory of the open model', () => {
  it('is asked for once, when editing pauses', async () => {
    setUnits(200)
    await vi.advanceTimersByTimeAsync(memoryAfterMs - 1)
    setUnits(300)
    await vi.advanceTimersByTimeAsync(memoryAfterMs - 1)
    expect(asked()).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(asked()).toHaveLength(1)
    expect(useMemory.getState().report).toEqual(report(300e6))
  })

  it('is that of the newest question, whichever answer comes last', async () => {
    const held = main.hold('runs.memory')
    await vi.advanceTimersByTimeAsync(memoryAfterMs)
    setUnits(200)
    await vi.advanceTimersByTimeAsync(memoryAfterMs)
    expect(useMemory.getState().report).toEqual(report(200e6))
    held.release({ ok: true, value: report(1) })
    await vi.advanceTimersByTimeAsync(0)
    expect(useMemory.getState().report).toEqual(report(200e6))
  })

  it('is not known while the drawing has errors', async () => {
    await vi.advanceTimersByTimeAsync(memoryAfterMs)
    expect(useMemory.getState().report).not.toBeNull()
    dispatch({ type: 'removeLayer', layerId: 'output_1' })
    await vi.advanceTimersByTimeAsync(memoryAfterMs)
    expect(useMemory.getState().report).toBeNull()
  })
})
