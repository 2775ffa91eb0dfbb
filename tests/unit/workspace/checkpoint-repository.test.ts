import { beforeEach, describe, expect, it } from 'vitest'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import type { CheckpointRepository } from '../../../src-main/workspace/checkpoint-repository.ts'
import { newWorkspace } from './support/temporary-workspace.ts'

let checkpoints: CheckpointRepository
let runId: number

beforeEach(() => {
  const workspace = newWorkspace()
  checkpoints = workspace.checkpoints
  runId = workspace.runs.create({
    projectId: null,
    projectName: '',
    name: 'run',
    datasetName: 'mnist',
    documentJson: '{}',
    settings: trainingSettingsSchema.parse({}),
    environment: {},
  })
})

const checkpoint = (epoch: number, best: boolean) => ({
  epoch,
  step: epoch * 10,
  best,
  bytes: Uint8Array.of(epoch, epoch, epoch),
})

describe('checkpoints of a run', () => {
  it('are none at first', () => {
    expect(checkpoints.exists(runId)).toBe(false)
    expect(checkpoints.last(runId)).toBeUndefined()
    expect(checkpoints.best(runId)).toBeUndefined()
  })

  it('keep the newest and the best', () => {
    for (const [epoch, best] of [
      [1, true],
      [2, true],
      [3, false],
      [4, false],
    ] as const) {
      checkpoints.save(runId, checkpoint(epoch, best))
    }
    expect(checkpoints.list(runId).map(({ epoch, best }) => [epoch, best])).toEqual([
      [2, true],
      [4, false],
    ])
    expect(checkpoints.last(runId)).toMatchObject({ epoch: 4, step: 40, best: false })
    expect(checkpoints.best(runId)).toMatchObject({ epoch: 2, step: 20, best: true })
    expect([...(checkpoints.best(runId)?.bytes ?? [])]).toEqual([2, 2, 2])
  })

  it('keep one when the newest is the best', () => {
    checkpoints.save(runId, checkpoint(1, true))
    checkpoints.save(runId, checkpoint(2, false))
    checkpoints.save(runId, checkpoint(3, true))
    expect(checkpoints.list(runId).map(({ epoch }) => epoch)).toEqual([3])
  })

  it('take the newest for the best where none was called so', () => {
    checkpoints.save(runId, checkpoint(1, false))
    checkpoints.save(runId, checkpoint(2, false))
    expect(checkpoints.best(runId)?.epoch).toBe(2)
  })

  it('keep bytes that are a part of a larger buffer', () => {
    const larger = Uint8Array.of(9, 1, 2, 3, 9)
    checkpoints.save(runId, { ...checkpoint(1, true), bytes: larger.subarray(1, 4) })
    expect([...(checkpoints.last(runId)?.bytes ?? [])]).toEqual([1, 2, 3])
  })
})
