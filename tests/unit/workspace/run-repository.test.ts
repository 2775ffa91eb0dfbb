import { describe, expect, it } from 'vitest'
import { problem } from '../../../src-core/problems.ts'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { gitBlobHash } from '../../../src-main/services/git-hash.ts'
import type { NewRun } from '../../../src-main/workspace/run-repository.ts'
import { newWorkspace, steppingClock } from './support/temporary-workspace.ts'

const settings = trainingSettingsSchema.parse({ epochs: 3, seed: 7 })

function newRun(changes: Partial<NewRun> = {}): NewRun {
  return {
    projectId: null,
    projectName: 'Digits',
    name: 'first try',
    datasetName: 'mnist',
    documentJson: '{"format":"layerloom-model"}',
    settings,
    environment: { node: '24.0.0' },
    ...changes,
  }
}

const epoch = (number: number, loss: number) => ({
  epoch: number,
  step: number * 10,
  train: { loss, accuracy: 1 - loss },
  validation: { loss: loss * 2 },
  seconds: 1.5,
  samplesPerSecond: 1000 * number,
})

describe('a run', () => {
  it('is queued with everything it was started with', () => {
    const { runs } = newWorkspace({ now: steppingClock() })
    const id = runs.create(newRun())
    expect(runs.find(id)).toEqual({
      id,
      name: 'first try',
      projectId: null,
      projectName: 'Digits',
      datasetName: 'mnist',
      status: 'queued',
      engine: '',
      device: '',
      epochs: 3,
      epochsDone: 0,
      startedAt: '2026-01-01T00:00:00.000Z',
      seconds: null,
      samplesPerSecond: null,
      documentHash: gitBlobHash('{"format":"layerloom-model"}'),
      train: null,
      validation: null,
      test: null,
      problem: null,
    })
    expect(runs.setup(id)).toEqual({
      documentJson: '{"format":"layerloom-model"}',
      settings,
      environment: { node: '24.0.0' },
      reason: '',
      resumedFrom: null,
    })
  })

  it('shows engine, progress and the metrics of the last epoch while it runs', () => {
    const { runs, runMetrics } = newWorkspace()
    const id = runs.create(newRun())
    runs.markStarted(id, { engine: 'onnx/cpu', device: 'a CPU', reason: 'the fastest here', epochs: 4 })
    runMetrics.addEpoch(id, epoch(1, 0.5))
    runMetrics.addEpoch(id, epoch(2, 0.25))
    expect(runs.find(id)).toMatchObject({
      status: 'running',
      engine: 'onnx/cpu',
      device: 'a CPU',
      epochs: 4,
      epochsDone: 2,
      train: { loss: 0.25, accuracy: 0.75 },
      validation: { loss: 0.5 },
      seconds: 3,
      samplesPerSecond: 2000,
    })
    expect(runs.setup(id)?.reason).toBe('the fastest here')
  })

  it('ends with test metrics, or with the problem that ended it', () => {
    const { runs } = newWorkspace()
    const good = runs.create(newRun())
    runs.markEnded(good, {
      status: 'finished',
      test: { accuracy: 0.98 },
      seconds: 12,
      samplesPerSecond: 5000,
    })
    const bad = runs.create(newRun())
    const diverged = problem('run.diverged', 'The loss was not a number at step 3.', {
      hint: 'Lower the learning rate.',
    })
    runs.markEnded(bad, { status: 'failed', problem: diverged })
    expect(runs.find(good)).toMatchObject({ status: 'finished', test: { accuracy: 0.98 }, seconds: 12 })
    expect(runs.find(bad)).toMatchObject({ status: 'failed', test: null, problem: diverged })
  })

  it('is unfinished, and belongs to this process, until it ends', () => {
    const { runs } = newWorkspace()
    const id = runs.create(newRun())
    const other = runs.create(newRun())
    runs.markEnded(other, { status: 'stopped' })
    expect(runs.unfinished()).toEqual([{ id, processId: process.pid }])
  })

  it('can be renamed and found by its name, the newest first', () => {
    const { runs } = newWorkspace()
    const older = runs.create(newRun())
    const newer = runs.create(newRun())
    expect(runs.findByName('first try')?.id).toBe(newer)
    expect(runs.rename(newer, 'baseline')).toBe(true)
    expect(runs.findByName('first try')?.id).toBe(older)
    expect(runs.rename(99, 'nobody')).toBe(false)
  })

  it('outlives its project', () => {
    const { runs, projects } = newWorkspace()
    const project = projects.create({ name: 'Digits', layerCount: 0, json: '{}' })
    const id = runs.create(newRun({ projectId: project.id }))
    expect(runs.list({ projectId: project.id }).map((run) => run.id)).toEqual([id])
    projects.remove(project.id)
    expect(runs.find(id)).toMatchObject({ projectId: null, projectName: 'Digits' })
  })

  it('leaves nothing when it is removed, but the document that another run was trained with', () => {
    const workspace = newWorkspace()
    const { runs, runMetrics, checkpoints, logs } = workspace
    const first = runs.create(newRun())
    const second = runs.create(newRun({ resumedFrom: first }))
    runMetrics.addEpoch(first, epoch(1, 0.5))
    runMetrics.addSteps(first, 2, [1, 2])
    checkpoints.save(first, { epoch: 1, step: 10, best: true, bytes: Uint8Array.of(1) })
    logs.add(first, 'info', 'began')
    expect(runs.remove(first)).toBe(true)
    expect(runs.remove(first)).toBe(false)
    expect(runMetrics.epochs(first)).toEqual([])
    expect(runMetrics.steps(first)).toEqual([])
    expect(checkpoints.exists(first)).toBe(false)
    expect(logs.list(first)).toEqual([])
    expect(runs.setup(second)).toMatchObject({ documentJson: newRun().documentJson, resumedFrom: null })
    expect(runs.create(newRun())).toBeGreaterThan(second)
  })
})

it('lists ten thousand runs, newest first, each with its last metrics', () => {
  const workspace = newWorkspace()
  workspace.transaction(() => {
    for (let index = 0; index < 10_000; index += 1) {
      const id = workspace.runs.create(newRun({ name: `run ${index}` }))
      workspace.runMetrics.addEpoch(id, epoch(1, index))
      workspace.runs.markEnded(id, { status: 'finished', test: { accuracy: 0.5 } })
    }
  })
  const list = workspace.runs.list()
  expect(list).toHaveLength(10_000)
  expect(list[0]).toMatchObject({ name: 'run 9999', train: { loss: 9999 }, test: { accuracy: 0.5 } })
  expect(list.at(-1)).toMatchObject({ name: 'run 0', train: { loss: 0 } })
})
