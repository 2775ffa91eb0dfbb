import { describe, expect, it } from 'vitest'
import { largeDocument } from '../../../../bench/canvas/drawing.ts'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import {
  lineInSight,
  openLines,
  outlineLines,
  rootKey,
  sameLine,
} from '../../../../src-renderer/panels/outline/outline-lines.ts'
import { documentOf } from '../support/documents.ts'

const noProblems = () => []

describe('the lines of an outline', () => {
  it('stand in frames, frames in frames, at the place of the first layer; empty frames and notes come last', () => {
    const chain = documentOf([
      ['a', 'input'],
      ['b', 'dense'],
      ['c', 'dense'],
      ['d', 'output'],
    ])
    const slip = (id: string, kind: 'frame' | 'note', y: number, height: number, width = 400) => ({
      id,
      kind,
      text: id,
      position: { x: -100, y },
      size: { width, height },
    })
    const notes = [
      slip('far', 'frame', 5000, 100),
      slip('inner', 'frame', 230, 120, 380),
      slip('outer', 'frame', 100, 260),
      slip('loose', 'note', 6000, 50),
    ]
    const { below } = outlineLines({ ...chain, canvas: { notes } }, noProblems)
    expect(below.get(rootKey)).toEqual(['layer a', 'note outer', 'layer d', 'note far', 'note loose'])
    expect(below.get('note outer')).toEqual(['layer b', 'note inner'])
    expect(below.get('note inner')).toEqual(['layer c'])
    expect(below.get('layer b')).toEqual(['wire from a-b b', 'wire to b-c b'])
    expect(below.has('note far')).toBe(false)
  })

  it('are the same after an edit, but those of its layer and of the wires to it', () => {
    const document = largeDocument(1000)
    const edit = { type: 'setParameters', layerId: 'dense_100', parameters: { units: 17 } } as const
    const before = outlineLines(document, noProblems)
    const after = outlineLines(applyEdit(document, edit).document, noProblems)
    expect(after.below).toEqual(before.below)
    const changed = [...after.lines.values()].filter((line) => {
      const old = before.lines.get(line.key)
      return !old || !sameLine(old, line)
    })
    expect(changed.map(({ key }) => key).toSorted()).toEqual([
      'layer dense_100',
      'wire from dense_100-dense_122 dense_122',
      'wire to dense_78-dense_100 dense_78',
    ])
  })

  it('have the outermost closed line stand for one that is out of sight', () => {
    const chain = documentOf([
      ['a', 'input'],
      ['b', 'output'],
    ])
    const frame = { id: 'f', kind: 'frame', text: '', position: { x: -50, y: -50 } } as const
    const notes = [{ ...frame, size: { width: 400, height: 160 } }]
    const outline = outlineLines({ ...chain, canvas: { notes } }, noProblems)
    const inSight = (toggled: readonly string[]) =>
      lineInSight(outline, new Set(openLines(outline, new Set(toggled))), 'wire to a-b a')
    expect(inSight(['layer a'])).toBe('wire to a-b a')
    expect(inSight([])).toBe('layer a')
    expect(inSight(['note f'])).toBe('note f')
    expect(inSight(['note f', 'layer a'])).toBe('note f')
    expect(lineInSight(outline, new Set(), 'layer gone')).toBeNull()
    expect(lineInSight(outline, new Set(), null)).toBeNull()
  })
})
