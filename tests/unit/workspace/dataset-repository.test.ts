import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ColumnSpec } from '../../../src-core/datasets/dataset-spec.ts'
import { elementsOf } from '../../../src-main/workspace/dataset-repository.ts'
import { openWorkspaceReadOnly } from '../../../src-main/workspace/open.ts'
import { categoryColumn, imageColumn, numberColumn } from './support/columns.ts'
import { newWorkspace } from './support/temporary-workspace.ts'

const about = { format: 'csv', description: 'numbers', defaultTarget: null, source: 'here' } as const

const columns: ColumnSpec[] = [
  numberColumn('x'),
  categoryColumn('class', ['no', 'yes']),
  imageColumn('image', [1, 1, 2]),
]

/** 1,500 rows of three columns: two chunks. */
function storeNumbers(workspace = newWorkspace()) {
  const id = workspace.datasets.begin({ ...about, name: 'Numbers', columns })
  for (const [chunk, rows] of [1024, 476].entries()) {
    const first = chunk * 1024
    workspace.datasets.appendChunk(id, chunk, [
      Float32Array.from({ length: rows }, (_, row) => (first + row) / 2),
      Int32Array.from({ length: rows }, (_, row) => ((first + row) % 3) - 1),
      Uint8Array.from({ length: rows * 2 }, (_, pixel) => pixel % 256),
    ])
  }
  return { workspace, id }
}

describe('a dataset', () => {
  it('is not seen by anybody before it is complete', () => {
    const { workspace, id } = storeNumbers()
    expect(workspace.datasets.list()).toEqual([])
    expect(workspace.datasets.find(id)).toBeUndefined()
    expect(workspace.datasets.findByName('Numbers')).toBeUndefined()
    expect(workspace.datasets.complete(id, 1500, columns)).toMatchObject({
      id,
      name: 'Numbers',
      rows: 1500,
      bytes: 1500 * (4 + 4 + 2),
    })
    expect(workspace.datasets.list()).toHaveLength(1)
  })

  it('comes back with its columns as they were when it was completed', () => {
    const { workspace, id } = storeNumbers()
    const statistics = { minimum: 0, maximum: 749.5, mean: 374.75, standardDeviation: 216.5, missing: 0 }
    const final = columns.map((column) => (column.name === 'x' ? { ...column, statistics } : column))
    workspace.datasets.complete(id, 1500, final)
    expect(workspace.datasets.find(id)?.columns).toEqual(final)
  })

  it('is found by its name whatever the capitals, and by its source', () => {
    const { workspace, id } = storeNumbers()
    workspace.datasets.complete(id, 1500, columns)
    expect(workspace.datasets.findByName('nUMBERS')?.id).toBe(id)
    expect(workspace.datasets.findBySource('here')?.id).toBe(id)
    expect(workspace.datasets.findBySource('elsewhere')).toBeUndefined()
  })

  it('cannot be completed under a name that was taken in the meantime', () => {
    const { workspace, id } = storeNumbers()
    const rival = workspace.datasets.begin({ ...about, name: 'numbers', columns })
    workspace.datasets.complete(rival, 0, columns)
    expect(workspace.datasets.complete(id, 1500, columns)).toBeUndefined()
    expect(workspace.datasets.list().map((dataset) => dataset.id)).toEqual([rival])
  })

  it('gives its room back when it is removed', () => {
    const { workspace, id } = storeNumbers()
    for (let chunk = 2; chunk < 500; chunk += 1) {
      workspace.datasets.appendChunk(id, chunk, [
        new Float32Array(1024),
        new Int32Array(1024),
        new Uint8Array(2048),
      ])
    }
    workspace.datasets.complete(id, 500 * 1024, columns)
    expect(workspace.datasets.remove(id)).toBe(true)
    expect(workspace.datasets.remove(id)).toBe(false)
    workspace.close()
    expect(statSync(workspace.file).size).toBeLessThan(1_000_000)
  })
})

describe('values of a dataset', () => {
  it('are read chunk by chunk in the bytes they were written in, also by a reading process', () => {
    const { workspace, id } = storeNumbers()
    workspace.datasets.complete(id, 1500, columns)
    const reader = openWorkspaceReadOnly(workspace.file)
    const bytes = reader.datasets.readColumnChunk(id, 'x', 1)
    expect(bytes.byteLength).toBe(476 * 4)
    const numbers = elementsOf('float32', bytes)
    expect(numbers).toBeInstanceOf(Float32Array)
    expect(numbers[0]).toBe(512)
    expect(numbers[475]).toBe(749.5)
    expect([...reader.datasets.readColumnChunk(id, 'image', 0).subarray(254, 258)]).toEqual([254, 255, 0, 1])
    expect(elementsOf('int32', reader.datasets.readColumnChunk(id, 'class', 0))[0]).toBe(-1)
    reader.close()
  })

  it('are read as whole columns', () => {
    const { workspace, id } = storeNumbers()
    const dataset = workspace.datasets.complete(id, 1500, columns)
    if (dataset === undefined) throw new Error('expected a dataset')
    const x = workspace.datasets.readColumn(dataset, columns[0] ?? numberColumn('x'))
    expect(x).toHaveLength(1500)
    expect(x[1023]).toBe(511.5)
    expect(x[1024]).toBe(512)
    expect(
      workspace.datasets.readColumn(dataset, columns[2] ?? imageColumn('image', [1, 1, 2])),
    ).toHaveLength(3000)
  })

  it('that do not exist are an error', () => {
    const { workspace, id } = storeNumbers()
    expect(() => workspace.datasets.readColumnChunk(id, 'x', 2)).toThrow('no chunk 2 of column "x"')
    expect(() => workspace.datasets.readColumnChunk(id, 'y', 0)).toThrow('no chunk 0 of column "y"')
  })

  it('are viewed as numbers also where their place in memory is not aligned', () => {
    const shifted = new Uint8Array(9)
    new DataView(shifted.buffer).setFloat32(1, 1.5, true)
    new DataView(shifted.buffer).setFloat32(5, -2, true)
    expect([...elementsOf('float32', shifted.subarray(1))]).toEqual([1.5, -2])
  })
})

describe('an import that died', () => {
  it('is cleared away by a later import, and one that is still under way is not', () => {
    let now = new Date('2026-01-01T00:00:00Z')
    const workspace = newWorkspace({ now: () => now })
    const { id: dead } = storeNumbers(workspace)
    now = new Date('2026-01-01T00:50:00Z')
    const alive = workspace.datasets.begin({ ...about, name: 'other', columns })
    now = new Date('2026-01-01T01:30:00Z')
    workspace.datasets.begin({ ...about, name: 'third', columns })
    expect(() => workspace.datasets.readColumnChunk(dead, 'x', 0)).toThrow('no chunk')
    expect(workspace.datasets.complete(alive, 0, columns)?.id).toBe(alive)
  })
})
