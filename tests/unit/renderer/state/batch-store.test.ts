import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { compileModel } from '../../../../src-core/compile/compile-model.ts'
import { totals } from '../../../../src-renderer/canvas/totals.ts'
import { chooseBatch, startBatchFeed, useBatch } from '../../../../src-renderer/state/batch-store.ts'
import { startCompiling } from '../../../../src-renderer/state/compile-store.ts'
import { memoryAfterMs } from '../../../../src-renderer/state/memory-store.ts'
import { dispatch, useProject } from '../../../../src-renderer/state/project-store.ts'
import { documentOf, opened, smallClassifier } from '../support/documents.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

let main: MainFake
let stops: readonly (() => void)[]
const report = (needed: number, available = 4e9) => ({
  batchSize: 256,
  needed,
  available,
  fittingBatchSize: needed > available ? 64 : null,
})

beforeEach(() => {
  vi.useFakeTimers()
  main = installMain()
  main.answer('runs.memory', ({ document }) => ({
    ok: true,
    value: report(document.training.batchSize * 1e6),
  }))
  stops = [startCompiling(), startBatchFeed()]
  chooseBatch(null)
  useProject.getState().show(opened(smallClassifier()))
})
afterEach(() => {
  for (const stop of stops) stop()
  vi.useRealTimers()
})

it('the memory at a chosen batch size is asked for with that size, and the document keeps its own', async () => {
  const before = useProject.getState().document
  chooseBatch(256)
  await vi.advanceTimersByTimeAsync(memoryAfterMs)
  expect(main.calls('runs.memory').map(({ document }) => document.training.batchSize)).toEqual([256])
  expect(useBatch.getState().report?.needed).toBe(256e6)
  expect(useProject.getState().document).toBe(before)
})

it('is asked for again when the model changes, and not at all while no size is chosen', async () => {
  await vi.advanceTimersByTimeAsync(2 * memoryAfterMs)
  expect(main.calls('runs.memory')).toHaveLength(0)
  chooseBatch(8)
  await vi.advanceTimersByTimeAsync(memoryAfterMs)
  dispatch({ type: 'setParameters', layerId: 'dense_1', parameters: { units: 64 } })
  await vi.advanceTimersByTimeAsync(memoryAfterMs)
  expect(main.calls('runs.memory')).toHaveLength(2)
})

it('another project begins with its own batch size', async () => {
  chooseBatch(8)
  useProject.getState().show(opened(smallClassifier(), 2))
  expect(useBatch.getState()).toEqual({ chosen: null, report: null })
})

it('totals are those of a dense layer counted by hand', () => {
  const document = documentOf([
    ['input_1', 'input', { shape: [100] }],
    ['dense_1', 'dense', { units: 10 }],
    ['output_1', 'output'],
  ])
  const { plan } = compileModel(document)
  if (!plan) throw new Error('no plan')
  const shown = totals(plan, 100, report(8e9))
  // 100 × 10 weights and 10 biases of 4 bytes; a multiplication and an addition for each weight, and one for each bias.
  expect(shown.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Parameters: 1.01 k',
    'Weights: 3.95 KiB',
    `Forward pass: ${((2 * 1000 + 10) * 100) / 1000} k FLOP`,
    'Training memory: about 8 GB',
  ])
  expect(shown[3]).toMatchObject({ tooMuch: true, about: '4 GB are free. A batch size of 64 would fit.' })
})
