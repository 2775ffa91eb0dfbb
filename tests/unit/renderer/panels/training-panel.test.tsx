import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { TrainingPanel } from '../../../../src-renderer/panels/training/training-panel.tsx'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { useRuns } from '../../../../src-renderer/state/run-store.ts'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain } from '../support/main-fake.ts'

// The chart library asks for the screen's resolution as soon as it is loaded; there is no screen here.
vi.hoisted(() => {
  window.matchMedia = () => new EventTarget() as MediaQueryList
})

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  document.body.innerHTML = '<div id="root"></div>'
  useRuns.setState(useRuns.getInitialState(), true)
  installMain().answer('datasets.list', () => ({ ok: true, value: [] }))
})

async function panelText(): Promise<string> {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  await act(async () =>
    root.render(
      <TooltipProvider>
        <TrainingPanel />
      </TooltipProvider>,
    ),
  )
  return document.body.textContent ?? ''
}

describe('the training panel before anything is trained', () => {
  it('asks for data where the model has none', async () => {
    useProject.getState().show(opened(smallClassifier()))
    const text = await panelText()
    expect(text).toContain('Choose data first')
    expect(text).not.toContain('Nothing trained yet')
  })

  it('offers to train where it has', async () => {
    const dataset = { name: 'mnist', inputs: {}, targets: {} }
    useProject.getState().show(opened({ ...smallClassifier(), dataset }))
    const text = await panelText()
    expect(text).toContain('Nothing trained yet')
    expect(text).not.toContain('Choose data first')
  })
})
