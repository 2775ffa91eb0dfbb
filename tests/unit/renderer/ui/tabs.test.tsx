import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { Tabs } from '../../../../src-renderer/ui/tabs.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

function show(content: React.ReactNode): (next: React.ReactNode) => void {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  const render = (next: React.ReactNode) =>
    act(() =>
      root.render(
        <Tabs
          label="Panels"
          tabs={[{ id: 'one', label: 'One', content: next }]}
          active="one"
          onChange={() => undefined}
        />,
      ),
    )
  render(content)
  return render
}

const panelStop = () => document.querySelector<HTMLElement>('[role="tabpanel"]')?.tabIndex

it('a panel is a stop of Tab for as long as nothing in it is', async () => {
  const render = show(<p>Nothing to check yet</p>)
  expect(panelStop()).toBe(0)
  render(<button type="button">Mend</button>)
  await expect.poll(panelStop).toBe(-1)
  render(
    <button type="button" disabled>
      Mend
    </button>,
  )
  await expect.poll(panelStop).toBe(0)
  render(<p tabIndex={-1}>Nothing</p>)
  await expect.poll(panelStop).toBe(0)
})
