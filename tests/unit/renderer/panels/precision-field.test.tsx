import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { Precision } from '../../../../src-core/training/run-config.ts'
import { PrecisionField } from '../../../../src-renderer/panels/training/precision-field.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

it('asks for mixed precision, and says nothing in the document when it is off', () => {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  const asked: (Precision | undefined)[] = []
  const show = (precision: Precision | undefined) =>
    act(() =>
      root.render(
        <TooltipProvider>
          <PrecisionField precision={precision} onChange={(next) => asked.push(next)} />
        </TooltipProvider>,
      ),
    )
  const click = () => act(() => holder.querySelector<HTMLElement>('[role="switch"]')?.click())
  show(undefined)
  click()
  show('mixed16')
  expect(holder.querySelector('[role="switch"]')?.getAttribute('aria-checked')).toBe('true')
  click()
  expect(asked).toEqual(['mixed16', undefined])
})
