import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { conv3dLayer } from '../../../../src-core/layers/conv3d.ts'
import {
  ParameterControl,
  type ParameterValue,
} from '../../../../src-renderer/panels/inspector/parameter-control.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

function mount(value: ParameterValue | undefined, onChange: (value: ParameterValue | undefined) => void) {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const field = conv3dLayer.parameters.kernelSize
  act(() =>
    createRoot(holder).render(
      <TooltipProvider>
        <ParameterControl field={field} value={value} problem={undefined} onChange={onChange} />
      </TooltipProvider>,
    ),
  )
  return [...holder.querySelectorAll('input')]
}

describe('the control of a kernel with three axes', () => {
  it('has a number for each of them', () => {
    const inputs = mount(undefined, vi.fn())
    expect(inputs.map((input) => input.getAttribute('aria-label'))).toEqual([
      'Kernel size: depth',
      'Kernel size: height',
      'Kernel size: width',
    ])
    expect(inputs.map(({ value }) => value)).toEqual(['3', '3', '3'])
  })

  it('changes one and keeps the others', () => {
    const onChange = vi.fn()
    const [, height] = mount([1, 2, 4], onChange)
    act(() => {
      height?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true }))
    })
    expect(onChange).toHaveBeenCalledExactlyOnceWith([1, 3, 4])
  })
})
