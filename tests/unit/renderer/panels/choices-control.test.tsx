import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { choices } from '../../../../src-core/layers/parameter-fields.ts'
import { ChoicesControl } from '../../../../src-renderer/panels/inspector/choices-control.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

const field = choices({
  label: 'Metrics',
  description: 'What is measured.',
  default: [],
  choices: ['accuracy', 'f1', 'auc'],
  none: 'what fits the loss',
})

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

function mount(value: unknown) {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const onChange = vi.fn()
  const texts = { label: field.label, description: field.description }
  act(() =>
    createRoot(holder).render(
      <TooltipProvider>
        <ChoicesControl field={field} texts={texts} value={value} onChange={onChange} />
      </TooltipProvider>,
    ),
  )
  const button = (name: string) => holder.querySelector<HTMLButtonElement>(`[aria-label="${name}"]`)
  return { holder, onChange, button }
}

describe('a list of choices', () => {
  it('says what choosing none means', () => {
    const { holder, button } = mount([])
    expect(holder.textContent).toContain('what fits the loss')
    expect(button('Add to metrics')).not.toBeNull()
  })

  it('takes a chosen name away', () => {
    const { onChange, button } = mount(['accuracy', 'auc'])
    act(() => button('Remove accuracy')?.click())
    expect(onChange).toHaveBeenCalledExactlyOnceWith(['auc'])
  })

  it('leaves the parameter out when the last is taken away', () => {
    const { onChange, button } = mount(['f1'])
    act(() => button('Remove f1')?.click())
    expect(onChange).toHaveBeenCalledExactlyOnceWith(undefined)
  })

  it('has nothing to add when all are chosen', () => {
    expect(mount(['accuracy', 'f1', 'auc']).button('Add to metrics')).toBeNull()
  })

  it('shows a name that is none of the choices, so that it can be taken away', () => {
    const { onChange, button } = mount(['f1', 'nonsense'])
    act(() => button('Remove nonsense')?.click())
    expect(onChange).toHaveBeenCalledExactlyOnceWith(['f1'])
  })
})
