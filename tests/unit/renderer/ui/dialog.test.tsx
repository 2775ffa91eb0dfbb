import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { Button } from '../../../../src-renderer/ui/button.tsx'
import { Dialog } from '../../../../src-renderer/ui/dialog.tsx'
import { closeDialog, isDialogOpen } from '../../../../src-renderer/ui/open-dialogs.ts'
import { Tooltip, TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

const onClose = vi.fn()

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
  onClose.mockReset()
})

function show(content: React.ReactNode): (next: React.ReactNode) => void {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  const render = (next: React.ReactNode) => act(() => root.render(<TooltipProvider>{next}</TooltipProvider>))
  render(content)
  return render
}

const withTooltip = (
  <Tooltip content="What it does" delay={0}>
    <Button>Do it</Button>
  </Tooltip>
)

function focusButton(): void {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Do it')
  if (!button) throw new Error('there is no button')
  act(() => button.blur())
  act(() => button.focus())
}

const tooltip = () => document.querySelector('[role=tooltip]')

function pressEscape(): void {
  const target = document.activeElement ?? document.body
  act(() => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
  })
}

it('closes on the first Escape, whether or not a tooltip is open', () => {
  show(
    <Dialog open onClose={onClose} title="Settings">
      {withTooltip}
    </Dialog>,
  )
  focusButton()
  expect(tooltip()).not.toBeNull()
  pressEscape()
  expect(onClose).toHaveBeenCalledTimes(1)
})

it('lets Escape close a tooltip that is in no window', () => {
  show(withTooltip)
  focusButton()
  expect(tooltip()).not.toBeNull()
  pressEscape()
  expect(tooltip()).toBeNull()
  expect(onClose).not.toHaveBeenCalled()
})

it('is closed from outside, the topmost of several, and known only while it is open', () => {
  const onCloseBelow = vi.fn()
  const both = (open: boolean) => (
    <>
      <Dialog open onClose={onCloseBelow} title="Below">
        text
      </Dialog>
      <Dialog open={open} onClose={onClose} title="Above">
        text
      </Dialog>
    </>
  )
  const render = show(both(true))
  closeDialog()
  expect([onClose.mock.calls.length, onCloseBelow.mock.calls.length]).toEqual([1, 0])
  render(both(false))
  closeDialog()
  expect([onClose.mock.calls.length, onCloseBelow.mock.calls.length]).toEqual([1, 1])
  render(null)
  expect(isDialogOpen()).toBe(false)
})
