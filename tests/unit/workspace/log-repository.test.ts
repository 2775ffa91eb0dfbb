import { expect, it } from 'vitest'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { newWorkspace, steppingClock } from './support/temporary-workspace.ts'

it('gives back what was said, in order and with the time, and the newest where there is too much', () => {
  const { logs, runs } = newWorkspace({ now: steppingClock() })
  const runId = runs.create({
    projectId: null,
    projectName: '',
    name: 'run',
    datasetName: 'mnist',
    documentJson: '{}',
    settings: trainingSettingsSchema.parse({}),
    environment: {},
  })
  logs.add(runId, 'info', 'tried webgpu')
  logs.add(runId, 'warning', 'it gave other losses')
  logs.add(runId, 'error', 'so it was not used')
  expect(logs.list(runId)).toEqual([
    { at: '2026-01-01T00:00:01.000Z', level: 'info', message: 'tried webgpu' },
    { at: '2026-01-01T00:00:02.000Z', level: 'warning', message: 'it gave other losses' },
    { at: '2026-01-01T00:00:03.000Z', level: 'error', message: 'so it was not used' },
  ])
  expect(logs.list(runId, 2).map(({ message }) => message)).toEqual([
    'it gave other losses',
    'so it was not used',
  ])
})
