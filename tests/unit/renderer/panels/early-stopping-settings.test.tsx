import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, expect, it, vi } from 'vitest'
import {
  type EarlyStoppingConfig,
  earlyStoppingSchema,
} from '../../../../src-core/training/schedules/early-stopping.ts'
import { EarlyStoppingSettings } from '../../../../src-renderer/panels/training/early-stopping-settings.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  // The switch measures itself; there is nothing to measure here.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  document.body.innerHTML = '<div id="root"></div>'
})

function mount(earlyStopping: EarlyStoppingConfig | null) {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const changes: (EarlyStoppingConfig | null)[] = []
  act(() =>
    createRoot(holder).render(
      <TooltipProvider>
        <EarlyStoppingSettings
          earlyStopping={earlyStopping}
          metrics={['loss', 'accuracy']}
          onChange={(next) => changes.push(next)}
        />
      </TooltipProvider>,
    ),
  )
  return { holder, changes }
}

it('turns on with the defaults, and off', () => {
  const off = mount(null)
  act(() => off.holder.querySelector<HTMLElement>('[role=switch]')?.click())
  expect(off.changes).toEqual([earlyStoppingSchema.parse({})])
  document.body.innerHTML = '<div id="root"></div>'
  const on = mount(earlyStoppingSchema.parse({}))
  act(() => on.holder.querySelector<HTMLElement>('[role=switch]')?.click())
  expect(on.changes).toEqual([null])
})

it('refuses a patience of 0 at once, in a sentence, and keeps the last good one', () => {
  const { holder, changes } = mount(earlyStoppingSchema.parse({ patience: 4 }))
  const input = holder.querySelector('input')
  if (!input) throw new Error('no input')
  expect(input.value).toBe('4')
  act(() => {
    // React listens to the value property's own setter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, '0')
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
  expect(holder.textContent).toContain('Got 0: must be 1 or more. The last good value stays in use.')
  expect(changes).toEqual([])
})
