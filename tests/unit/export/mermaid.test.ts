// @vitest-environment jsdom
import fc from 'fast-check'
import mermaid from 'mermaid'
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { exportMermaid, mermaidDirections } from '../../../src-core/export/mermaid.ts'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { chain, drawing, layer } from '../compile/drawings.ts'

const residual = drawing(
  [
    layer('image', 'input', { shape: [3, 32, 32] }),
    layer('conv2d_1', 'conv2d', { filters: 16, padding: 'same', useBias: false }),
    layer('batch_normalization_1', 'batchNormalization'),
    layer('activation_1', 'activation'),
    layer('conv2d_2', 'conv2d', { filters: 16, padding: 'same' }),
    layer('add_1', 'add'),
    layer('pool', 'globalAveragePooling2d'),
    layer('dropout_1', 'dropout', { rate: 0.25 }),
    layer('dense_1', 'dense', { units: 10, activation: 'softmax' }),
    layer('label', 'output'),
  ],
  [
    'image > conv2d_1',
    'conv2d_1 > batch_normalization_1',
    'batch_normalization_1 > activation_1',
    'activation_1 > conv2d_2',
    'conv2d_2 > add_1',
    'activation_1 > add_1',
    'add_1 > pool',
    'pool > dropout_1',
    'dropout_1 > dense_1',
    'dense_1 > label',
  ],
)

function exported(document: ModelDocument, options = {}): string {
  return exportMermaid(document, compileModel(document), options)
}

interface ReadChart {
  readonly vertices: readonly { readonly id: string; readonly text: string }[]
  readonly edges: readonly { readonly start: string; readonly end: string; readonly text: string }[]
}

interface FlowDatabase {
  getVertices(): ReadonlyMap<string, { readonly id: string; readonly text?: string }>
  getEdges(): readonly { readonly start: string; readonly end: string; readonly text: string }[]
}

function isFlowDatabase(database: unknown): database is FlowDatabase {
  return typeof database === 'object' && database !== null && 'getVertices' in database
}

/** What mermaid itself reads in a text; throws where mermaid does. */
async function readByMermaid(text: string): Promise<ReadChart> {
  await mermaid.parse(text)
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text)
  if (!isFlowDatabase(db)) throw new Error('mermaid read no flowchart')
  return {
    vertices: [...db.getVertices().values()].map(({ id, text: label }) => ({
      id,
      text: decode(label ?? ''),
    })),
    edges: db.getEdges().map(({ start, end, text: label }) => ({ start, end, text: decode(label) })),
  }
}

/** Character references as a browser shows them; mermaid keeps them between these marks until it draws. */
function decode(label: string): string {
  return label.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)))
}

describe('exportMermaid', () => {
  it.each(mermaidDirections)('draws every layer and wire with shapes (%s)', async (direction) => {
    const text = exported(residual, { direction, title: 'A small residual network' })
    await expect(text).toMatchFileSnapshot(`../../golden/residual-${direction}.mmd`)
    const { vertices, edges } = await readByMermaid(text)
    expect(vertices.map(({ id }) => id)).toEqual(residual.layers.map(({ name }) => name))
    expect(edges.map(({ start, end }) => [start, end])).toEqual(
      residual.connections.map(({ source, target }) => [source, target]),
    )
    expect(edges.at(-1)?.text).toBe('10')
    expect(edges[0]?.text).toBe('3 × 32 × 32')
  })

  it('draws what there is of an unfinished drawing', async () => {
    const unfinished = drawing(
      [layer('in', 'input', { shape: [4] }), layer('alien', 'quantum'), layer('dense_1', 'dense')],
      ['in > alien', 'alien > dense_1', 'nobody > dense_1'],
    )
    const { vertices, edges } = await readByMermaid(exported(unfinished))
    expect(vertices).toHaveLength(3)
    expect(edges).toEqual([
      { start: 'in', end: 'alien', text: '4' },
      { start: 'alien', end: 'dense_1', text: '' },
    ])
  })

  it('draws every kind of the catalogue', async () => {
    const document = drawing(
      allLayerDefinitions.map(({ kind }) => layer(`a_${kind}`, kind)),
      [],
    )
    const { vertices } = await readByMermaid(exported(document))
    expect(vertices.map(({ text }) => text.split('<br>')[1])).toEqual(
      allLayerDefinitions.map(({ label }) => label),
    )
  })

  it.each([
    'end',
    'End',
    'graph',
    'subgraph',
    'style',
    'style:#1;',
    'classDef a:#b;',
    'linkStyle',
    'class',
    'click',
    'default',
    'default_1',
    'direction TB',
    'a direction   LR b',
    'accTitle: x',
    'accDescr { x }',
    'flowchart',
    'call',
    'href',
    'o',
    'x',
    'v',
    'layer_1',
    'layer_2',
    'constructor',
    'toString',
    '1. first',
    '- item',
    '# heading',
    '> quote',
    '**bold** _emphasis_ __init__ `code`',
    '`markdown`',
    '"quoted"',
    "it's",
    '#quot; #34; &quot; &amp; &#34;',
    '<b>bold</b><script>alert(1)</script><img src=x onerror=alert(1)>',
    '[brackets] (round) {curly} |bar| /slash/ \\backslash\\',
    'a --> b',
    'a -->|x| b; c',
    '%% comment',
    '%%{init: {"theme":"dark"}}%%',
    '---',
    'javascript:alert(1)',
    '@{ shape: circle }',
    ':::class',
    '$$x^2$$',
    'fa:fa-ban',
    'Größe ÄÖÜ 日本語 العربية 🧠👩‍💻',
    'ﬂ°°34¶ß',
    'a  b',
    '~tilde~ ^caret^ *star* ! ? @',
  ])('keeps the name %j', async (name) => {
    const document = chain(
      { ...layer('a', 'input', { shape: [4] }), name },
      { ...layer('b', 'dense', { units: 2 }), name: `${name} again` },
      { ...layer('c', 'output'), name: 'last' },
    )
    const { vertices, edges } = await readByMermaid(exported(document, { title: name }))
    expect(vertices.map(({ text }) => text.split('<br>')[0])).toEqual([name, `${name} again`, 'last'])
    expect(edges.map(({ text }) => text)).toEqual(['4', '2'])
  })

  it('shows line breaks and signs that turn text around as what they are not', async () => {
    const document = chain({ ...layer('a', 'input', { shape: [4] }), name: 'two\nlines\u202Egnp.\u0000' })
    const { vertices } = await readByMermaid(exported(document))
    expect(vertices[0]?.text).toMatch(/^two linesgnp\.<br>Input/)
  })

  it('survives any name', async () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 2, maxLength: 5 }), async (names) => {
        const layers = names.map((text, index) => ({ ...layer(`l${index}`, 'flatten'), name: text }))
        const { vertices, edges } = await readByMermaid(exported(chain(...layers)))
        expect(vertices).toHaveLength(names.length)
        expect(edges).toHaveLength(names.length - 1)
        expect(vertices.every(({ text }) => text.endsWith('Flatten'))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})
