import { expect, it, onTestFinished } from 'vitest'
import { longDocument } from '../../../bench/compile-bench.ts'
import { machineMemory } from '../../../src-main/services/machine-memory.ts'
import { MemoryEstimates } from '../../../src-main/services/memory-estimates.ts'
import { MemoryService } from '../../../src-main/services/memory-service.ts'
import { documentOf, leNet } from '../../support/models.ts'

const noData = { findByName: () => undefined }

function estimates(entry?: string): MemoryEstimates {
  const asked = new MemoryEstimates(noData, entry)
  onTestFinished(() => asked.close())
  return asked
}

it('tells what the service tells, question by question, and null where nothing can be told', async () => {
  const asked = estimates()
  const drawn = documentOf('LeNet', leNet())
  const documents = [longDocument(500), drawn, { ...drawn, connections: [] }]
  const reports = await Promise.all(documents.map((document) => asked.report(document)))
  const service = new MemoryService(noData)
  const needed = documents.map((document) => service.report(document)?.needed)
  expect(reports.map((report) => report?.needed)).toEqual(needed)
  expect(reports[2]).toBeNull()
  expect(reports[1]?.available).toBeLessThanOrEqual(machineMemory().total)
})

it('lets its caller go on meanwhile', async () => {
  const asked = estimates()
  let turns = 0
  let isTold = false
  const told = asked.report(longDocument(500)).then(() => {
    isTold = true
  })
  while (!isTold) {
    turns += 1
    await new Promise((resolve) => setImmediate(resolve))
  }
  await told
  // On one thread there would be one turn, or two.
  expect(turns).toBeGreaterThan(10)
})

it('starts another thread after the first was ended, and says so to whoever was waiting', async () => {
  const asked = estimates()
  const document = documentOf('LeNet', leNet())
  const left = expect(asked.report(document)).rejects.toThrow('has ended')
  const closed = asked.close()
  const next = asked.report(document)
  await Promise.all([closed, left])
  expect((await next)?.needed).toBeGreaterThan(1e8)
})

it('rejects where the thread cannot start', async () => {
  await expect(estimates('/nowhere/memory-worker.js').report(documentOf('LeNet', leNet()))).rejects.toThrow()
})
