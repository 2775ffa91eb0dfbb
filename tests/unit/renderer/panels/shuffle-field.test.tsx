import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { ShuffleField } from '../../../../src-renderer/panels/training/shuffle-field.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

it('shuffles unless it is switched off, and says nothing in the document when it is on', () => {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  const asked: (boolean | undefined)[] = []
  const show = (shuffle: boolean | undefined) =>
    act(() =>
      root.render(
        <TooltipProvider>
          <ShuffleField shuffle={shuffle} onChange={(next) => asked.push(next)} />
        </TooltipProvider>,
      ),
    )
  const click = () => act(() => holder.querySelector<HTMLElement>('[role="switch"]')?.click())
  const isOn = () => holder.querySelector('[role="switch"]')?.getAttribute('aria-checked')
  show(undefined)
  expect(isOn()).toBe('true')
  click()
  show(false)
  expect(isOn()).toBe('false')
  click()
  expect(asked).toEqual([false, undefined])
})
