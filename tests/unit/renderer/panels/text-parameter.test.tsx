import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { layerDefinition } from '../../../../src-core/layers/catalogue.ts'
import { problem } from '../../../../src-core/problems.ts'
import {
  ParameterControl,
  type ParameterValue,
} from '../../../../src-renderer/panels/inspector/parameter-control.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
})

function mountFormula(value: ParameterValue | undefined, message?: string) {
  const field = layerDefinition('expression')?.parameters.formula
  const holder = document.getElementById('root')
  if (!field || !holder) throw new Error('nothing to show')
  const changes: (ParameterValue | undefined)[] = []
  act(() =>
    createRoot(holder).render(
      <TooltipProvider>
        <ParameterControl
          field={field}
          value={value}
          problem={message === undefined ? undefined : problem('layer.badParameter', message)}
          onChange={(next) => changes.push(next)}
        />
      </TooltipProvider>,
    ),
  )
  const input = holder.querySelector('input')
  if (!input) throw new Error('no input')
  const type = (text: string) =>
    act(() => {
      // React listens to the value property's own setter.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
  return { input, type, changes, text: () => holder.textContent ?? '' }
}

describe('a text parameter', () => {
  it('shows its value, and its default where there is none', () => {
    expect(mountFormula('x^2').input.value).toBe('x^2')
    document.body.innerHTML = '<div id="root"></div>'
    expect(mountFormula(undefined).input.value).toBe('x')
  })

  it('reports what is typed', () => {
    const { type, changes } = mountFormula('x')
    type('x + 1')
    expect(changes).toEqual(['x + 1'])
  })

  it('shows what is wrong with it, and a value of another type as it is', () => {
    const { input, text } = mountFormula(5, 'sum has Formula 5.')
    expect(input.value).toBe('5')
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(text()).toContain('sum has Formula 5.')
  })
})
