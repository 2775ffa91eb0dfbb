import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Problem, problem } from '../../../../src-core/problems.ts'
import type { RunStatus } from '../../../../src-core/training/run-event.ts'
import { ResumeButtons, shownProblem } from '../../../../src-renderer/panels/training/resume-buttons.tsx'
import { useProject } from '../../../../src-renderer/state/project-store.ts'
import { opened, smallClassifier } from '../support/documents.ts'
import { installMain, type MainFake } from '../support/main-fake.ts'

const ranOut = problem('run.outOfMemory', 'Memory ran out at step 12.', {
  batchSize: 128,
  fix: { label: 'Set the batch size to 128', edits: [] },
})

let main: MainFake
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
  main = installMain()
  main.answer('runs.resume', ({ runId }) => ({ ok: true, value: { runId } }))
  main.answer('runs.list', () => ({ ok: true, value: [] }))
  main.answer('runs.get', () => ({ ok: false, problems: [] }))
  useProject.getState().show(opened(smallClassifier()))
})

function mount(status: RunStatus, found: Problem | null): readonly HTMLButtonElement[] {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  act(() =>
    createRoot(holder).render(
      <ResumeButtons runId={7} status={status} problem={found} label="Resume after epoch 2" />,
    ),
  )
  return [...holder.querySelectorAll('button')]
}

describe('going on with a run', () => {
  it('whose memory ran out is offered with the batch that fits, and as it was', async () => {
    const buttons = mount('paused', ranOut)
    expect(buttons.map(({ textContent }) => textContent)).toEqual([
      'Resume with batch 128',
      'Resume after epoch 2',
    ])
    await act(async () => buttons[0]?.click())
    expect(main.calls('runs.resume')).toEqual([{ runId: 7, batchSize: 128 }])
    await act(async () => buttons[1]?.click())
    expect(main.calls('runs.resume').at(-1)).toEqual({ runId: 7 })
  })

  it('that was stopped is offered as it was', () => {
    expect(mount('stopped', null).map(({ textContent }) => textContent)).toEqual(['Resume after epoch 2'])
  })

  it('takes the place of setting the batch size of the document', () => {
    expect(shownProblem('paused', ranOut).fix).toBeUndefined()
    expect(shownProblem('failed', ranOut).fix?.label).toBe('Set the batch size to 128')
  })
})
