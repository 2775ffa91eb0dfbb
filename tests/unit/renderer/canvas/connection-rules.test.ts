// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import {
  bestInput,
  checkConnection,
  connectEdit,
  descendants,
} from '../../../../src-renderer/canvas/connection-rules.ts'
import { documentOf, smallClassifier } from '../support/documents.ts'

const ends = (source: string, target: string, targetPort = 'input') => ({
  source,
  sourcePort: 'output',
  target,
  targetPort,
})

function residual(): ModelDocument {
  return documentOf(
    [
      ['input_1', 'input'],
      ['conv2d_1', 'conv2d', { filters: 1, padding: 'same' }],
      ['add_1', 'add'],
    ],
    [
      ['input_1', 'conv2d_1'],
      ['conv2d_1', 'add_1', 'inputs'],
    ],
  )
}

describe('a wire may not', () => {
  it('lead from a layer to itself', () => {
    expect(checkConnection(smallClassifier(), ends('dense_1', 'dense_1'))).toEqual({
      ok: false,
      reason: 'A layer cannot feed itself.',
    })
  })

  it('close a circle, and both layers are named', () => {
    expect(checkConnection(smallClassifier(), ends('dense_1', 'flatten_1'))).toEqual({
      ok: false,
      reason: 'flatten_1 already leads to dense_1: this would close a circle.',
    })
  })

  it('be drawn twice between the same ports', () => {
    expect(checkConnection(smallClassifier(), ends('flatten_1', 'dense_1'))).toEqual({
      ok: false,
      reason: 'These two are already connected.',
    })
  })

  it('lead to a port or layer that does not exist', () => {
    expect(checkConnection(smallClassifier(), ends('input_1', 'dense_1', 'mask')).ok).toBe(false)
    expect(checkConnection(smallClassifier(), ends('input_1', 'gone')).ok).toBe(false)
  })

  it('be one more than a port takes', () => {
    const full = documentOf(
      [
        ['input_1', 'input'],
        ['input_2', 'input'],
        ['input_3', 'input'],
        ['subtract_1', 'subtract'],
      ],
      [
        ['input_1', 'subtract_1', 'inputs'],
        ['input_2', 'subtract_1', 'inputs'],
      ],
    )
    expect(checkConnection(full, ends('input_3', 'subtract_1', 'inputs'))).toEqual({
      ok: false,
      reason: 'subtract_1 takes at most 2 wires here.',
    })
  })
})

describe('a new wire', () => {
  it('takes the place of the one at a port for one wire, and undo brings that back', () => {
    const document = smallClassifier()
    const edit = connectEdit(document, ends('input_1', 'dense_1'))
    expect(edit).toMatchObject({ type: 'group', label: 'Rewire dense_1' })
    if (!edit) return
    const applied = applyEdit(document, edit)
    expect(applied.document.connections.map(({ source, target }) => `${source}>${target}`)).toEqual([
      'input_1>flatten_1',
      'input_1>dense_1',
      'dense_1>output_1',
    ])
    expect(applyEdit(applied.document, applied.inverse).document).toEqual(document)
  })

  it('joins the others at a port for several', () => {
    const document = residual()
    const edit = connectEdit(document, ends('input_1', 'add_1', 'inputs'))
    expect(edit?.type).toBe('connect')
    if (!edit) return
    const wired = applyEdit(document, edit).document.connections.filter(({ target }) => target === 'add_1')
    expect(wired.map(({ source }) => source)).toEqual(['conv2d_1', 'input_1'])
  })

  it('is not made where none may be', () => {
    expect(connectEdit(smallClassifier(), ends('dense_1', 'input_1'))).toBeUndefined()
  })

  it('let go over a layer goes to the input that takes it', () => {
    expect(bestInput(residual(), 'input_1', 'add_1')?.targetPort).toBe('inputs')
    expect(bestInput(smallClassifier(), 'output_1', 'dense_1')).toBeUndefined()
    expect(bestInput(smallClassifier(), 'dense_1', 'input_1')).toBeUndefined()
  })
})

it('finds everything behind a layer, and ends in a circle too', () => {
  const circle = documentOf(
    [
      ['a', 'dense'],
      ['b', 'dense'],
      ['c', 'dense'],
    ],
    [
      ['a', 'b'],
      ['b', 'a'],
      ['b', 'c'],
    ],
  )
  expect([...descendants(circle, 'a')].toSorted()).toEqual(['a', 'b', 'c'])
  expect([...descendants(circle, 'c')]).toEqual(['c'])
})
