import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { NumberField, parseNumber, rangeProblem } from '../../../../src-renderer/ui/number-input.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

function mount(value: unknown, onChange: (value: number) => void) {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  const show = (next: unknown) =>
    act(() =>
      root.render(
        <TooltipProvider>
          <NumberField label="Units" value={next} min={1} max={100} integer onChange={onChange} />
        </TooltipProvider>,
      ),
    )
  show(value)
  const input = holder.querySelector('input')
  if (!input) throw new Error('no input')
  const type = (text: string) =>
    act(() => {
      // React listens to the value property's own setter.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
  const press = (key: string, shiftKey = false) =>
    act(() =>
      input.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true })),
    )
  const leave = () => act(() => input.dispatchEvent(new FocusEvent('focusout', { bubbles: true })))
  return { input, type, press, leave, show, text: () => holder.textContent ?? '' }
}

describe('a number field', () => {
  it('reports every number that is typed', () => {
    const onChange = vi.fn()
    mount(32, onChange).type('64')
    expect(onChange).toHaveBeenCalledExactlyOnceWith(64)
  })

  it('keeps a number out of range and says what is wrong with it', () => {
    const onChange = vi.fn()
    const field = mount(32, onChange)
    field.type('1000')
    expect(onChange).toHaveBeenCalledWith(1000)
    field.show(1000)
    expect(field.input.value).toBe('1000')
    expect(field.input.getAttribute('aria-invalid')).toBe('true')
    expect(field.text()).toContain('Must be at most 100, got 1000.')
  })

  it('takes sums, and shows the result once they are finished', () => {
    const onChange = vi.fn()
    const field = mount(32, onChange)
    field.type('2*')
    expect(onChange).not.toHaveBeenCalled()
    field.type('2*32')
    expect(onChange).toHaveBeenCalledExactlyOnceWith(64)
    field.show(64)
    expect(field.input.value).toBe('2*32')
    field.press('Enter')
    expect(field.input.value).toBe('64')
  })

  it.each([
    ['28/4', 7],
    ['(3 + 5) × 2', 16],
    ['2^10', 1024],
    ['0.1 + 0.2', 0.3],
    ['-3', -3],
    ['1e-3', 0.001],
    ['1/0', undefined],
    ['x + 1', undefined],
    ['alert(1)', undefined],
    ['2 +', undefined],
  ])('reads %s as %s', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })

  it('keeps text that is no number in sight without reporting it, and shows the number again when left', () => {
    const onChange = vi.fn()
    const field = mount(32, onChange)
    field.type('3x')
    expect(field.input.value).toBe('3x')
    expect(field.input.getAttribute('aria-invalid')).toBe('true')
    expect(onChange).not.toHaveBeenCalled()
    field.leave()
    expect(field.input.value).toBe('32')
  })

  it('does not rewrite what is being typed when its own change comes back', () => {
    const field = mount(32, vi.fn())
    field.type('4.0')
    field.show(4)
    expect(field.input.value).toBe('4.0')
  })

  it('follows a change from elsewhere, such as undo', () => {
    const field = mount(32, vi.fn())
    field.type('64')
    field.show(64)
    field.show(32)
    expect(field.input.value).toBe('32')
  })

  it('steps with the arrow keys, by tens with Shift, never out of the range', () => {
    const onChange = vi.fn()
    const field = mount(98, onChange)
    field.press('ArrowUp')
    expect(onChange).toHaveBeenLastCalledWith(99)
    field.press('ArrowUp', true)
    expect(onChange).toHaveBeenLastCalledWith(100)
    field.press('ArrowDown')
    expect(onChange).toHaveBeenLastCalledWith(99)
  })

  it('shows a value of another type as it is', () => {
    const field = mount('many', vi.fn())
    expect(field.input.value).toBe('"many"')
    expect(field.text()).toContain('Must be a number.')
  })
})

describe('reading numbers', () => {
  it.each([
    ['1e-3', 0.001],
    ['0,5', 0.5],
    ['1 000', 1000],
    [' 42 ', 42],
  ])('reads %s', (text, value) => expect(parseNumber(text)).toBe(value))

  it.each(['', 'abc', '1.2.3', 'Infinity', '12px'])('reads nothing from "%s"', (text) =>
    expect(parseNumber(text)).toBeUndefined(),
  )

  it('asks for whole numbers where only those count', () => {
    expect(rangeProblem({ value: 1.5, integer: true })).toBe('Must be a whole number, got 1.5.')
    expect(rangeProblem({ value: 1.5 })).toBeUndefined()
  })
})
