import { expect, it } from 'vitest'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { numberColumn } from './support/columns.ts'
import { otherProcess } from './support/other-process.ts'
import { newWorkspace } from './support/temporary-workspace.ts'

it('a reading process sees whole states while this one writes, and holds up no write', async () => {
  const workspace = newWorkspace({ busyTimeout: 50 })
  const runId = workspace.runs.create({
    projectId: null,
    projectName: 'Digits',
    name: 'first',
    datasetName: 'numbers',
    documentJson: '{}',
    settings: trainingSettingsSchema.parse({}),
    environment: {},
  })
  const datasetId = workspace.datasets.begin({
    name: 'numbers',
    format: 'csv',
    description: '',
    defaultTarget: null,
    source: null,
    columns: [numberColumn('x')],
  })
  workspace.datasets.appendChunk(datasetId, 0, [Float32Array.of(1, 2, 3)])
  workspace.datasets.complete(datasetId, 3, [numberColumn('x')])
  const batches = 300
  const reader = otherProcess('read-along.mts', workspace.file, String(batches * 4))
  // It has begun, so that what follows is written beside it.
  expect(await reader.nextLine()).toBe('0 3')
  for (let batch = 1; batch <= batches; batch += 1) {
    workspace.transaction(() => {
      workspace.runMetrics.addSteps(runId, batch * 4 - 2, [1, 2])
      workspace.runMetrics.addSteps(runId, batch * 4, [3, 4])
    })
  }
  let line = ''
  while (line !== `${batches * 4} 3`) {
    line = await reader.nextLine()
    // Never half a transaction.
    expect(Number(line.split(' ')[0]) % 4).toBe(0)
  }
  await reader.finish()
})
