import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { DatasetInfo } from '../../../../src-core/datasets/dataset-spec.ts'
import { emptyDocument, type ModelDocument } from '../../../../src-core/document/model-document.ts'
import type { ClassWeights } from '../../../../src-core/training/run-config.ts'
import { ClassWeightsField } from '../../../../src-renderer/panels/training/class-weights-field.tsx'
import { useDatasets } from '../../../../src-renderer/state/dataset-store.ts'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'

const statistics = { minimum: null, maximum: null, mean: null, standardDeviation: null, missing: 0 }
const iris: DatasetInfo = {
  id: 1,
  name: 'iris',
  rows: 150,
  bytes: 1,
  format: 'csv',
  description: '',
  defaultTarget: 'species',
  createdAt: '2026-01-01T00:00:00Z',
  columns: [
    {
      name: 'species',
      type: 'category',
      dtype: 'int32',
      shape: [],
      categories: ['setosa', 'virginica'],
      statistics,
    },
  ],
}

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  document.body.innerHTML = '<div id="root"></div>'
  useDatasets.setState({ datasets: [iris] })
})

function documentWith(classWeights?: ClassWeights): ModelDocument {
  const empty = emptyDocument('Flowers')
  return {
    ...empty,
    layers: [{ id: 'out', kind: 'output', name: 'out', parameters: {}, position: { x: 0, y: 0 } }],
    dataset: { name: 'iris', inputs: {}, targets: {} },
    training: { ...empty.training, classWeights },
  }
}

function mount(classWeights?: ClassWeights) {
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const onChange = vi.fn()
  act(() =>
    createRoot(holder).render(
      <TooltipProvider>
        <ClassWeightsField document={documentWith(classWeights)} onChange={onChange} />
      </TooltipProvider>,
    ),
  )
  return { holder, onChange }
}

describe('the class weights of the training settings', () => {
  it.each<[ClassWeights | undefined, string]>([
    [undefined, 'None'],
    ['none', 'None'],
    ['balanced', 'Balanced'],
    [{ setosa: 2 }, 'By class'],
  ])('%j is shown as %s', (weights, label) => {
    expect(mount(weights).holder.querySelector('[role="combobox"]')?.textContent).toBe(label)
  })

  it('have a number per class of the target, 1 where none is given', () => {
    const { holder } = mount({ setosa: 2 })
    expect(holder.textContent).toContain('Weight of setosa')
    expect([...holder.querySelectorAll('input')].map((input) => input.value)).toEqual(['2', '1'])
  })

  it('change one class and keep the others', () => {
    const { holder, onChange } = mount({ setosa: 2 })
    const input = holder.querySelectorAll('input')[1]
    act(() => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, '3.5')
      input?.dispatchEvent(new Event('input', { bubbles: true }))
    })
    expect(onChange).toHaveBeenLastCalledWith({ setosa: 2, virginica: 3.5 })
  })

  it('refuse a weight that is not above 0', () => {
    const { holder, onChange } = mount({ setosa: 2 })
    const [input] = holder.querySelectorAll('input')
    act(() => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, '0')
      input?.dispatchEvent(new Event('input', { bubbles: true }))
    })
    expect(onChange).not.toHaveBeenCalled()
    expect(holder.textContent).toContain('Got 0')
  })
})
