// @vitest-environment jsdom
import mermaid from 'mermaid'
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { exposeEdit } from '../../../src-core/document/blocks/expose-parameter.ts'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { applyEdit, type Edit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { exportMermaid } from '../../../src-core/export/mermaid.ts'
import { summariseModel } from '../../../src-core/export/summary.ts'
import { documentOf } from '../../support/models.ts'

function made(document: ModelDocument, ...ids: readonly string[]): ModelDocument {
  const result = makeBlock(document, new Set(ids))
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return applyEdit(document, result.value.edit).document
}

/** input → block_2 [ block_1 [dense] × 2 → relu ] → output, block_1 exposing its units. */
function nested(): ModelDocument {
  const plain = documentOf('plain', [
    ['input', 'input', { shape: [4] }],
    ['dense', 'dense', { units: 4 }],
    ['relu', 'relu'],
    ['output', 'output'],
  ])
  const outer = made(made(plain, 'dense'), 'block_1', 'relu')
  const edits: (Edit | undefined)[] = [
    exposeEdit(outer, 'block_1', 'dense', 'units'),
    { type: 'renameBlock', blockId: 'block_2', name: 'stage' },
    { type: 'editBlock', blockId: 'block_2', edit: { type: 'setRepeat', layerId: 'block_1', repeat: 2 } },
  ]
  return edits.reduce<ModelDocument>(
    (document, edit) => (edit ? applyEdit(document, edit).document : document),
    outer,
  )
}

describe('a Mermaid diagram of blocks', () => {
  it('has a frame for each block, inside of each other', async () => {
    const text = exportMermaid(nested(), compileModel(nested()))
    await mermaid.parse(text)
    const lines = text.split('\n').slice(1, 10)
    expect(lines.map((line) => line.replace(/"\]?.*/, ''))).toEqual(
      [
        '  input([',
        '  subgraph frame_1[',
        '    subgraph frame_2[',
        '      layer_2[',
        '      layer_3[',
        '    end',
        '    layer_4(',
        '  end',
        '  output([',
      ].map((line) =>
        line.replace('frame_1', 'frame_?').replace('frame_2', 'frame_1').replace('frame_?', 'frame_2'),
      ),
    )
    expect(text).toContain('block_1 × 2')
    expect(text).toContain('block_2 · stage')
  })

  it('has a node for each block where they are collapsed, with the shapes at its ports', async () => {
    const text = exportMermaid(nested(), compileModel(nested()), { blocks: 'collapsed' })
    await mermaid.parse(text)
    expect(text).not.toContain('subgraph')
    expect(text).toContain('block_2[["block_2<br/>stage<br/>40 parameters"]]')
    expect(text).toContain('block_2 -->|"4"| output')
  })
})

describe('a summary of blocks', () => {
  it('lists the layers inside, or each block as one; the totals are the same', () => {
    const compiled = compileModel(nested())
    const opened = summariseModel(nested(), compiled)
    const collapsed = summariseModel(nested(), compiled, 'collapsed')
    expect(opened.layers.map(({ name }) => name)).toEqual([
      'input',
      'block_2/block_1/1/dense',
      'block_2/block_1/2/dense',
      'block_2/relu',
      'output',
    ])
    expect(collapsed.layers).toMatchObject([
      { name: 'input' },
      { name: 'block_2', label: 'stage', parameterCount: 40, outputShape: [4], inputs: ['input'] },
      { name: 'output', inputs: ['block_2'] },
    ])
    const { layers: _one, ...totals } = opened
    const { layers: _other, ...others } = collapsed
    expect(others).toEqual(totals)
  })
})
