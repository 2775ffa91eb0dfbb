import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ColumnSpec } from '../../../../src-core/datasets/dataset-spec.ts'
import { DatasetSamples } from '../../../../src-renderer/panels/dataset/dataset-samples.tsx'
import { TooltipProvider } from '../../../../src-renderer/ui/tooltip.tsx'
import { column, dataset } from '../../compile/data-sets.ts'
import { installMain } from '../support/main-fake.ts'

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  // Pictures are drawn on a canvas, which jsdom does not have.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
  document.body.innerHTML = '<div id="root"></div>'
})

async function show(columns: readonly ColumnSpec[], values: Record<string, number | string | number[]>) {
  installMain().answer('datasets.preview', ({ offset }) => ({
    ok: true,
    value: { rows: [0, 1].map((row) => ({ index: offset + row, values })) },
  }))
  const holder = document.getElementById('root')
  if (!holder) throw new Error('no root')
  const root = createRoot(holder)
  onTestFinished(() => act(() => root.unmount()))
  const data = dataset('some', null, columns)
  await act(async () =>
    root.render(
      <TooltipProvider>
        <DatasetSamples dataset={data} />
      </TooltipProvider>,
    ),
  )
}

const texts = (selector: string) => [...document.querySelectorAll(selector)].map((found) => found.textContent)
const pictures = () =>
  [...document.querySelectorAll('[role=img]')].map((found) => found.getAttribute('aria-label'))

const image = column('image', 'image', { shape: [1, 1, 1] })

describe('rows of a dataset are counted from 1', () => {
  it('in the table', async () => {
    await show([column('size', 'number')], { size: 3 })
    expect(texts('tbody th')).toEqual(['1', '2'])
  })

  it('under pictures without a class', async () => {
    await show([image], { image: [7] })
    expect(texts('figcaption')).toEqual(['1', '2'])
  })

  it('in what screen readers say of pictures', async () => {
    await show([image, column('digit', 'category')], { image: [7], digit: 'seven' })
    expect(texts('figcaption')).toEqual(['seven', 'seven'])
    expect(pictures()).toEqual(['Row 1: seven', 'Row 2: seven'])
  })
})
