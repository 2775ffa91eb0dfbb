import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { datasetPlace, unwrap } from './support/dataset-place.ts'

const megabyte = 1024 * 1024

it('a table of 100 MB is imported whole, in memory far smaller than the table', async () => {
  const place = datasetPlace()
  const file = path.join(path.dirname(place.workspace.file), 'large.csv')
  const rows = writeTable(file, 100 * megabyte)
  expect(statSync(file).size).toBeGreaterThanOrEqual(100 * megabyte)
  const before = memory()
  let peak = before
  let calls = 0
  const dataset = unwrap(
    await place.service.import(file, {
      onProgress: () => {
        calls += 1
        if (calls % 10 === 0) peak = Math.max(peak, memory())
      },
    }),
  )
  expect(calls).toBeGreaterThan(100)
  // Its million records would take many times the size of the file.
  expect(peak - before).toBeLessThan(20 * megabyte)
  expect(dataset.rows).toBe(rows)
  expect(dataset.columns[0]?.statistics).toMatchObject({
    minimum: 0,
    maximum: rows - 1,
    mean: (rows - 1) / 2,
  })
  expect(dataset.columns[2]?.statistics.counts?.reduce((sum, count) => sum + count, 0)).toBe(rows)
  const [last] = unwrap(place.service.preview(dataset.id, rows - 1, 1)).rows
  expect(last?.values).toMatchObject({ index: rows - 1, kind: `kind ${(rows - 1) % 50}` })
})

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Bytes this process holds for JavaScript, its buffers included, without what only waits to be collected. */
function memory(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Writes rows until the file is so large; returns how many. Long notes keep the test short: bytes count here. */
function writeTable(file: string, size: number): number {
  const descriptor = openSync(file, 'w')
  let written = writeSync(descriptor, 'index,note,kind\n')
  let rows = 0
  while (written < size) {
    let block = ''
    for (const end = rows + 5000; rows < end; rows += 1) {
      block += `${rows},"a note of some length, with a comma, number ${rows % 40}, ${'-'.repeat(40)}",kind ${rows % 50}\n`
    }
    written += writeSync(descriptor, block)
  }
  closeSync(descriptor)
  return rows
}
