// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { allLayerDefinitions } from '../../../../src-core/layers/catalogue.ts'
import { searchLayers } from '../../../../src-renderer/canvas/search-layers.ts'

const search = (query: string) => searchLayers(allLayerDefinitions, query).map(({ kind }) => kind)

describe('searching the palette', () => {
  it('finds everything, in the order of the catalogue, for an empty query', () => {
    expect(search('  ')).toEqual(allLayerDefinitions.map(({ kind }) => kind))
  })

  it('puts names that begin with the query first', () => {
    expect(search('conv')[0]).toBe('conv2d')
    expect(search('d')[0]).toBe('dense')
    const names = search('drop').slice(0, 2)
    expect(names[0]).toBe('dropout')
    expect(names[1]).toMatch(/Dropout/)
  })

  it('does not care for case, spaces and hyphens', () => {
    expect(search('Max Pooling')[0]).toBe('maxPooling2d')
    expect(search('batch-norm')[0]).toBe('batchNormalization')
  })

  it('finds the activation layer by the name of a function', () => {
    expect(search('selu')[0]).toBe('activation')
    expect(search('softmax').slice(0, 2)).toEqual(['softmax', 'activation'])
  })

  it('finds the layers of a category', () => {
    expect(search('merge')).toEqual(expect.arrayContaining(['add', 'concatenate', 'multiply']))
  })

  it('finds nothing for what is not there', () => {
    expect(search('xyzzy')).toEqual([])
  })
})
