import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { RunSummary } from '../../../../src-core/ipc/contract.ts'
import { RunTable } from '../../../../src-renderer/panels/runs/run-table.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

const gan = { generatorLoss: 0.912, discriminatorLoss: 1.204, realJudgedRight: 0.7 }

function run(id: number, test: RunSummary['test'], validation = test): RunSummary {
  return {
    id,
    name: 'Run',
    projectId: 1,
    projectName: 'Project',
    datasetName: 'mnist',
    status: 'finished',
    engine: 'onnx/cpu',
    device: 'CPU',
    epochs: 3,
    epochsDone: 3,
    startedAt: '2025-01-01T00:00:00.000Z',
    seconds: 3,
    samplesPerSecond: 100,
    documentHash: 'abc',
    train: test,
    validation,
    test,
    problem: null,
  }
}

/** Titles of the columns of metrics, and the cells below them. */
async function metricColumns(...runs: readonly RunSummary[]) {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  await act(async () => root.render(<RunTable runs={runs} shownId={undefined} onChoose={() => {}} />))
  const texts = (cells: Iterable<Element>) => [...cells].slice(4, 6).map(({ textContent }) => textContent)
  return {
    titles: texts(document.querySelectorAll('thead th')),
    cells: [...document.querySelectorAll('tbody tr')].map((row) => texts(row.children)),
  }
}

describe('the table of runs', () => {
  it('shows the accuracy, or else the loss', async () => {
    const shown = await metricColumns(run(2, { loss: 0.1, accuracy: 0.97 }), run(1, null))
    expect(shown.titles).toEqual(['Validation accuracy', 'Test accuracy'])
    expect(shown.cells).toEqual([
      ['97.00 %', '97.00 %'],
      ['–', '–'],
    ])
  })

  it('shows the loss where runs have nothing else', async () => {
    const shown = await metricColumns(run(1, { loss: 0.25 }))
    expect(shown).toEqual({ titles: ['Validation loss', 'Test loss'], cells: [['0.25', '0.25']] })
  })

  it('shows both losses of a GAN, by name', async () => {
    const losses = 'Generator loss 0.912Discriminator loss 1.204'
    const shown = await metricColumns(run(1, gan))
    expect(shown).toEqual({ titles: ['Validation', 'Test'], cells: [[losses, losses]] })
  })

  it('names what a run has instead of what the others have', async () => {
    const shown = await metricColumns(run(3, gan), run(2, { loss: 0.25 }), run(1, { loss: 0.1, accuracy: 1 }))
    expect(shown.titles).toEqual(['Validation accuracy', 'Test accuracy'])
    expect(shown.cells.map(([validation]) => validation)).toEqual([
      'Generator loss 0.912Discriminator loss 1.204',
      'Loss 0.25',
      '100.00 %',
    ])
  })
})
