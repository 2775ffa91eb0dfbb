import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { normalizationLayer } from '../../../../src-core/layers/normalization.ts'
import { mixingSchema } from '../../../../src-core/training/run-config.ts'
import { ParameterControl } from '../../../../src-renderer/panels/inspector/parameter-control.tsx'
import { MixingFields } from '../../../../src-renderer/panels/training/mixing-fields.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

function mount(element: ReactNode) {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  act(() => createRoot(holder).render(<TooltipProvider>{element}</TooltipProvider>))
  const input = holder.querySelector('input')
  const type = (text: string) =>
    act(() => {
      if (!input) throw new Error('no input')
      // React listens to the value property's own setter.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
  return { input, type, text: () => holder.textContent ?? '' }
}

describe('the control of a list of numbers', () => {
  const { mean } = normalizationLayer.parameters

  it('shows the list and hands on what can be read', () => {
    const onChange = vi.fn()
    const { input, type } = mount(
      <ParameterControl field={mean} value={[0.5, -2]} problem={undefined} onChange={onChange} />,
    )
    expect(input?.value).toBe('0.5, -2')
    type('0.5, -2, 1e-3')
    expect(onChange).toHaveBeenLastCalledWith([0.5, -2, 0.001])
  })

  it('keeps what cannot be read to itself', () => {
    const onChange = vi.fn()
    const { input, type } = mount(
      <ParameterControl field={mean} value={undefined} problem={undefined} onChange={onChange} />,
    )
    expect(input?.value).toBe('0')
    type('0.5, many')
    expect(onChange).not.toHaveBeenCalled()
    expect(input?.getAttribute('aria-invalid')).toBe('true')
  })
})

describe('the mixing of samples', () => {
  it('asks for its strength only where it is on', () => {
    expect(mount(<MixingFields mixing={undefined} onChange={vi.fn()} />).text()).not.toContain('alpha')
  })

  it('takes a strength in its range only', () => {
    const onChange = vi.fn()
    const mixing = mixingSchema.parse({ kind: 'cutMix' })
    const { type } = mount(<MixingFields mixing={mixing} onChange={onChange} />)
    type('1')
    expect(onChange).toHaveBeenLastCalledWith({ kind: 'cutMix', alpha: 1 })
    onChange.mockClear()
    type('0')
    expect(onChange).not.toHaveBeenCalled()
  })
})
