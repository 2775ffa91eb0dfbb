import { createHash } from 'node:crypto'
import { readFileSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { datasetInfoSchema } from '../../../src-core/datasets/dataset-spec.ts'
import { datasetPreviewSchema } from '../../../src-core/ipc/contract.ts'
import { sampleCatalogue } from '../../../src-main/datasets/sample-catalogue.ts'
import { datasetPlace, problemIn, samplesFolder, unwrap } from './support/dataset-place.ts'

describe('samples that ship', () => {
  it.each(sampleCatalogue.map((sample) => [sample.name, sample] as const))(
    '%s is added with its target, and is what the contract says',
    async (name, sample) => {
      const { service } = datasetPlace()
      const dataset = unwrap(await service.addSample(name))
      expect(datasetInfoSchema.parse(dataset)).toEqual(dataset)
      expect(dataset).toMatchObject({ name, format: 'sample', defaultTarget: sample.target })
      expect(dataset.columns.map(({ statistics }) => statistics.missing)).toEqual(
        dataset.columns.map(() => 0),
      )
      const preview = unwrap(service.preview(dataset.id, 0, 3))
      expect(datasetPreviewSchema.parse(preview)).toEqual(preview)
    },
  )

  it('mnist has ten thousand digits of ten classes', async () => {
    const { service } = datasetPlace()
    const { rows, columns } = unwrap(await service.addSample('mnist'))
    expect(rows).toBe(10_000)
    expect(columns.map(({ name, type, shape }) => [name, type, shape])).toEqual([
      ['image', 'image', [1, 28, 28]],
      ['label', 'category', []],
    ])
    expect(columns[1]?.categories).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(Math.min(...(columns[1]?.statistics.counts ?? []))).toBeGreaterThan(800)
    // Mean and deviation of MNIST are known to be 33.3 and 78.6 (0.1307 and 0.3081 of 255).
    expect(columns[0]?.statistics.mean).toBeCloseTo(33.3, 0)
    expect(columns[0]?.statistics.standardDeviation).toBeCloseTo(78.6, 0)
  })

  it('iris has fifty flowers of each of three species', async () => {
    const { service, values } = datasetPlace()
    const { columns } = unwrap(await service.addSample('iris'))
    expect(columns.map(({ name }) => name)).toEqual([
      'sepal length',
      'sepal width',
      'petal length',
      'petal width',
      'species',
    ])
    expect(columns[4]?.categories).toEqual(['setosa', 'versicolor', 'virginica'])
    expect(columns[4]?.statistics.counts).toEqual([50, 50, 50])
    expect(values('iris')['sepal length']?.slice(0, 3)).toEqual([5.1, 4.9, 4.7])
  })

  it('breast-cancer has 357 benign and 212 malignant tumours with thirty measures', async () => {
    const { service } = datasetPlace()
    const { columns } = unwrap(await service.addSample('breast-cancer'))
    expect(columns).toHaveLength(31)
    expect(columns[30]?.categories).toEqual(['benign', 'malignant'])
    expect(columns[30]?.statistics.counts).toEqual([357, 212])
  })

  it('are added once, also when they are asked for twice at the same time', async () => {
    const { service } = datasetPlace()
    const [one, two] = await Promise.all([service.addSample('iris'), service.addSample('IRIS')])
    expect(unwrap(two).id).toBe(unwrap(one).id)
    expect(unwrap(await service.addSample('iris')).id).toBe(unwrap(one).id)
    expect(service.list()).toHaveLength(1)
  })

  it('get another name where a dataset of the person has theirs', async () => {
    const { service, write } = datasetPlace()
    unwrap(await service.import(write('iris.csv', 'a,b\n1,2\n')))
    expect(unwrap(await service.addSample('iris')).name).toBe('iris 2')
    expect(unwrap(await service.addSample('iris')).name).toBe('iris 2')
  })

  it('stay small, and have their licences beside them', () => {
    expect(statSync(path.join(samplesFolder, 'mnist-images-idx3-ubyte.gz')).size).toBeLessThan(2_500_000)
    expect(readFileSync(path.join(samplesFolder, 'mnist.LICENSE.txt'), 'utf8')).toContain('MIT License')
    expect(readFileSync(path.join(samplesFolder, 'scikit-learn.LICENSE.txt'), 'utf8')).toContain(
      'BSD 3-Clause',
    )
  })

  it('have the digits that scripts/make-samples made, bit for bit', () => {
    const unpacked = gunzipSync(readFileSync(path.join(samplesFolder, 'mnist-images-idx3-ubyte.gz')))
    expect(createHash('sha256').update(unpacked).digest('hex')).toBe(
      'b4f994b5b61b519b7e91283fce72db8f9360013e620ef1d8a668319a6ea1436e',
    )
  })

  it('that do not exist are told with those that do', async () => {
    const problem = problemIn(await datasetPlace().service.addSample('cifar'))
    expect(problem.code).toBe('dataset.notFound')
    expect(problem.hint).toContain('mnist, iris, breast-cancer')
  })
})

describe('names', () => {
  it('come from the file, or from the person', async () => {
    const { service, write } = datasetPlace()
    const file = write('house prices.csv.gz', 'a,b\n1,2\n')
    expect(unwrap(await service.import(file)).name).toBe('house prices')
    expect(unwrap(await service.import(file, { name: '  mine ' })).name).toBe('mine')
  })

  it('that are taken are refused with a free one, and the dataset that has the name stays', async () => {
    const { service, write, values } = datasetPlace()
    unwrap(await service.import(write('prices.csv', 'a,b\n1,2\n')))
    const problem = problemIn(await service.import(write('other.csv', 'a,b\n7,8\n'), { name: 'PRICES' }))
    expect(problem.code).toBe('dataset.exists')
    expect(problem.hint).toContain('"PRICES 2"')
    expect(values('prices')).toEqual({ a: [1], b: [2] })
  })

  it('must not be empty', async () => {
    const { service, write } = datasetPlace()
    const problem = problemIn(await service.import(write('t.csv', 'a,b\n1,2\n'), { name: ' ' }))
    expect(problem.code).toBe('usage.invalid')
  })
})

describe('what a command line names', () => {
  it('may be a dataset, a sample or a file', async () => {
    const { service, write } = datasetPlace()
    const file = write('prices.csv', 'a,b\n1,2.5\n')
    const mine = unwrap(await service.import(file, { name: 'mine' }))
    expect(unwrap(await service.resolve('mine')).id).toBe(mine.id)
    expect(unwrap(await service.resolve('iris')).format).toBe('sample')
    expect(unwrap(await service.resolve(write('new.csv', 'a,b\n1,2.5\n'))).name).toBe('new')
  })

  it('imports a file once as long as it stays the same and is imported in the same way', async () => {
    const { service, write } = datasetPlace()
    const file = write('prices.csv', 'a,b\n1,2.5\n')
    const first = unwrap(await service.resolve(file))
    expect(unwrap(await service.resolve(file)).id).toBe(first.id)
    const other = unwrap(await service.resolve(file, { target: 'a' }))
    expect(other).toMatchObject({ name: 'prices 2', defaultTarget: 'a' })
    write('prices.csv', 'a,b\n1,3.5\n')
    utimesSync(file, 1, 1)
    expect(unwrap(await service.resolve(file)).name).toBe('prices 3')
    expect(service.list()).toHaveLength(3)
  })

  it('is told when it is nothing of these', async () => {
    const problem = problemIn(await datasetPlace().service.resolve('no-such-thing'))
    expect(problem.code).toBe('dataset.notFound')
    expect(problem.message).toContain('"no-such-thing"')
  })
})

describe('looking at rows', () => {
  it('gives those that were asked for, and none past the end', async () => {
    const { service, write } = datasetPlace()
    const { id } = unwrap(await service.import(write('t.csv', 'a,b\n1,x\n2.1,y\n,x\n')))
    expect(unwrap(service.preview(id, 1, 10)).rows).toEqual([
      { index: 1, values: { a: 2.1, b: 'y' } },
      { index: 2, values: { a: null, b: 'x' } },
    ])
    expect(unwrap(service.preview(id, 3, 10)).rows).toEqual([])
  })

  it('of a dataset that is gone is told', async () => {
    const { service, write } = datasetPlace()
    const { id } = unwrap(await service.import(write('t.csv', 'a,b\n1,x\n')))
    unwrap(service.remove(id))
    expect(problemIn(service.preview(id, 0, 1)).code).toBe('dataset.notFound')
    expect(problemIn(service.remove(id)).code).toBe('dataset.notFound')
    expect(problemIn(service.show('t')).code).toBe('dataset.notFound')
  })
})

it('progress goes from the beginning to the end', async () => {
  const { service, write } = datasetPlace()
  const seen: number[] = []
  const file = write('t.csv', `a,b\n${'1,x\n'.repeat(300_000)}`)
  unwrap(await service.import(file, { onProgress: (fraction) => seen.push(fraction) }))
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
  expect(seen.length).toBeGreaterThan(4)
  expect(seen.at(-1)).toBe(1)
})
