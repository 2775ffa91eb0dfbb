import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { datasetPlace, problemIn, unwrap } from './support/dataset-place.ts'
import { countingBytes, idxBytes } from './support/idx-bytes.ts'

const images = idxBytes([3, 2, 2], Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 255))
const labels = idxBytes([3], Uint8Array.of(7, 2, 7))

describe('images and labels', () => {
  it.each([
    ['train-images-idx3-ubyte', images, 'train-labels-idx1-ubyte', labels],
    ['train-images-idx3-ubyte.gz', gzipSync(images), 'train-labels-idx1-ubyte.gz', gzipSync(labels)],
    ['train-images-idx3-ubyte', images, 'train-labels-idx1-ubyte.gz', gzipSync(labels)],
    ['train-images.idx3-ubyte', images, 'train-labels.idx1-ubyte', labels],
    ['TRAIN-IMAGES', images, 'train-labels', labels],
  ])('of %s are found by their names', async (imageName, imageBytes, labelName, labelBytes) => {
    for (const chosen of [imageName, labelName]) {
      const place = datasetPlace()
      const files = new Map([
        [imageName, place.write(imageName, imageBytes)],
        [labelName, place.write(labelName, labelBytes)],
      ])
      const dataset = unwrap(await place.service.import(files.get(chosen) ?? ''))
      expect(dataset).toMatchObject({ format: 'idx', rows: 3, defaultTarget: 'label' })
      expect(dataset.name.toLowerCase()).toBe('train')
      expect(dataset.columns[0]).toMatchObject({
        name: 'image',
        type: 'image',
        dtype: 'uint8',
        shape: [1, 2, 2],
      })
      expect(dataset.columns[1]).toMatchObject({ name: 'label', type: 'category', categories: ['2', '7'] })
      expect(dataset.columns[1]?.statistics.counts).toEqual([1, 2])
      expect(place.values(dataset.name)).toEqual({
        image: [
          [0, 10, 20, 30],
          [40, 50, 60, 70],
          [80, 90, 100, 255],
        ],
        label: ['7', '2', '7'],
      })
    }
  })

  it('may be named', async () => {
    const place = datasetPlace()
    const labelFile = place.write('classes.bin', labels)
    const dataset = unwrap(
      await place.service.import(place.write('pixels.bin', images), { partner: labelFile }),
    )
    expect(dataset.columns.map(({ name }) => name)).toEqual(['image', 'label'])
  })

  it('may be images alone', async () => {
    const place = datasetPlace()
    const dataset = unwrap(await place.service.import(place.write('pixels.bin', images)))
    expect(dataset.columns.map(({ name }) => name)).toEqual(['image'])
    expect(dataset.defaultTarget).toBeNull()
  })

  it('have only the label as a target', async () => {
    const place = datasetPlace()
    const labelFile = place.write('classes.bin', labels)
    const file = place.write('pixels.bin', images)
    const options = { partner: labelFile, target: 'digit' }
    expect(problemIn(await place.service.import(file, options)).code).toBe('csv.target')
  })
})

it('images may have channels', async () => {
  const place = datasetPlace()
  const file = place.write('colour.idx', idxBytes([2, 3, 4, 5], countingBytes(120)))
  expect(unwrap(await place.service.import(file)).columns[0]?.shape).toEqual([3, 4, 5])
})

it('statistics are those of all pixels', async () => {
  const place = datasetPlace()
  const [image] = unwrap(await place.service.import(place.write('pixels.bin', images))).columns
  const pixels = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 255]
  const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length
  const variance = pixels.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0) / pixels.length
  expect(image?.statistics).toMatchObject({ minimum: 0, maximum: 255, missing: 0 })
  expect(image?.statistics.mean).toBeCloseTo(mean, 10)
  expect(image?.statistics.standardDeviation).toBeCloseTo(Math.sqrt(variance), 10)
  // Twenty bins of 12.75: 0 and 10 share the first, 40 and 50 the fourth, 90 and 100 the eighth.
  expect(image?.statistics.histogram).toEqual([2, 1, 1, 2, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
})

it('more images than a chunk holds, packed, come back in their order', async () => {
  const place = datasetPlace()
  const count = 2600
  const data = countingBytes(count * 9)
  const file = place.write('many.idx.gz', gzipSync(idxBytes([count, 3, 3], data)))
  const dataset = unwrap(await place.service.import(file))
  const { rows } = unwrap(place.service.preview(dataset.id, 2040, 20))
  for (const { index, values } of rows) {
    expect(values.image).toEqual([...data.subarray(index * 9, index * 9 + 9)])
  }
  expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, row) => 2040 + row))
})
