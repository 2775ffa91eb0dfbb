import { type ModelDocument, modelDocumentSchema } from '../../src-core/document/model-document.ts'

/** Distances between the layers of the generated drawings. */
const [acrossPixels, downPixels] = [280, 152]

/**
 * A document of so many layers: columns of dense layers beside each other, from one input to a sum and an output. About
 * as many columns as rows.
 */
export function largeDocument(count: number): ModelDocument {
  const inner = count - 3
  const columns = Math.max(2, Math.round(Math.sqrt(inner / 2)))
  const layers: ModelDocument['layers'][number][] = []
  const connections: ModelDocument['connections'][number][] = []
  const add = (
    id: string,
    kind: string,
    parameters: Record<string, number | string | number[]>,
    x: number,
    y: number,
  ) => layers.push({ id, kind, name: id, parameters, position: { x, y } })
  const wire = (source: string, target: string, targetPort: string) =>
    connections.push({ id: `${source}-${target}`, source, sourcePort: 'output', target, targetPort })
  const middle = ((columns - 1) / 2) * acrossPixels
  add('input', 'input', { shape: [16] }, middle, 0)
  const rows = Math.ceil(inner / columns)
  for (let index = 0; index < inner; index++) {
    const [column, row] = [index % columns, Math.floor(index / columns)]
    const id = `dense_${index}`
    add(id, 'dense', { units: 16, activation: 'relu' }, column * acrossPixels, (row + 1) * downPixels)
    wire(row === 0 ? 'input' : `dense_${index - columns}`, id, 'input')
  }
  add('sum', 'add', {}, middle, (rows + 1) * downPixels)
  for (let index = inner - columns; index < inner; index++) wire(`dense_${index}`, 'sum', 'inputs')
  add('output', 'output', {}, middle, (rows + 2) * downPixels)
  wire('sum', 'output', 'input')
  return modelDocumentSchema.parse({
    format: 'layerloom-model',
    version: 1,
    name: `${count} layers`,
    layers,
    connections,
  })
}
