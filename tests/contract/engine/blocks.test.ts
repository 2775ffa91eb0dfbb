import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeBlock } from '../../../src-core/document/blocks/make-block.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import { classifier, threeClasses, trainingPlace } from './support/training-place.ts'

it('a model with a repeated block trains, goes on after a stop as if there had been none, and leaves as ONNX that agrees', async () => {
  const plain = classifier()
  const made = makeBlock(plain, new Set(['layer1', 'layer2']))
  if (!made.ok) throw new Error(made.problems[0]?.message)
  const { layerId } = made.value
  const { document } = applyEdit(plain, {
    type: 'group',
    label: 'Row',
    edits: [made.value.edit, { type: 'setRepeat', layerId, repeat: 2 }],
  })
  const place = trainingPlace([threeClasses(600)])
  const whole = await place.train(document)
  expect(whole.detail.run.problem).toBeNull()
  expect(whole.detail.run.status).toBe('finished')
  expect(whole.losses.at(-1)).toBeLessThan(whole.losses[0] ?? 0)

  const stopped = await place.train(document, (event, runId) => {
    if (event.type === 'epoch' && event.epoch === 1) void place.application.runs.stop(runId)
  })
  const resumed = await place.resume(stopped.runId)
  expect([...stopped.losses, ...resumed.losses]).toEqual(whole.losses)

  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-blocks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const exported = await place.application.exports.exportRun(
    whole.runId,
    'onnx',
    path.join(folder, 'row.onnx'),
  )
  if (!exported.ok) throw new Error(exported.problems[0]?.message)
  expect(exported.value.comparedRows).toBeGreaterThan(0)
  expect(exported.value.largestDifference).toBeLessThan(1e-5)
})
