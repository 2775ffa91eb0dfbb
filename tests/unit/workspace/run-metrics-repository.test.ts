import { describe, expect, it } from 'vitest'
import { trainingSettingsSchema } from '../../../src-core/training/run-config.ts'
import { newWorkspace } from './support/temporary-workspace.ts'

function metricsOfNewRun() {
  const workspace = newWorkspace()
  const runId = workspace.runs.create({
    projectId: null,
    projectName: '',
    name: 'run',
    datasetName: 'mnist',
    documentJson: '{}',
    settings: trainingSettingsSchema.parse({}),
    environment: {},
  })
  return { metrics: workspace.runMetrics, runs: workspace.runs, runId }
}

describe('epochs', () => {
  it('come back in order as they were entered', () => {
    const { metrics, runId } = metricsOfNewRun()
    const second = {
      epoch: 2,
      step: 20,
      train: { loss: 1 },
      validation: null,
      seconds: 2,
      samplesPerSecond: 3,
    }
    const first = { ...second, epoch: 1, step: 10, validation: { loss: 2, accuracy: 0.5 } }
    metrics.addEpoch(runId, second)
    metrics.addEpoch(runId, first)
    expect(metrics.epochs(runId)).toEqual([first, second])
  })

  it('that are repeated replace the first try and count their time once', () => {
    const { metrics, runs, runId } = metricsOfNewRun()
    const epoch = {
      epoch: 1,
      step: 10,
      train: { loss: 1 },
      validation: null,
      seconds: 2,
      samplesPerSecond: 3,
    }
    metrics.addEpoch(runId, epoch)
    metrics.addEpoch(runId, { ...epoch, train: { loss: 0.5 }, seconds: 4 })
    expect(metrics.epochs(runId).map(({ train }) => train)).toEqual([{ loss: 0.5 }])
    expect(runs.find(runId)?.seconds).toBe(4)
  })
})

describe('step losses', () => {
  it('come back with their steps, over all batches they were reported in', () => {
    const { metrics, runId } = metricsOfNewRun()
    metrics.addSteps(runId, 3, [3, 2.5, 2])
    metrics.addSteps(runId, 3, [])
    metrics.addSteps(runId, 5, [1.5, 1])
    expect(metrics.steps(runId)).toEqual([
      { step: 1, loss: 3 },
      { step: 2, loss: 2.5 },
      { step: 3, loss: 2 },
      { step: 4, loss: 1.5 },
      { step: 5, loss: 1 },
    ])
  })

  it('leave out what is no number', () => {
    const { metrics, runId } = metricsOfNewRun()
    metrics.addSteps(runId, 3, [1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(metrics.steps(runId)).toEqual([{ step: 1, loss: 1 }])
  })

  it('are thinned to the number of points that was asked for, and keep every spike', () => {
    const { metrics, runId } = metricsOfNewRun()
    const total = 100_000
    for (let first = 1; first <= total; first += 50) {
      const losses = Array.from({ length: 50 }, (_, index) => 1 / (first + index))
      if (first === 70_001) losses[7] = 99
      metrics.addSteps(runId, first + 49, losses)
    }
    const points = metrics.steps(runId)
    expect(points).toHaveLength(2000)
    expect(points[0]).toEqual({ step: 1, loss: 1 })
    expect(points.at(-1)?.step).toBe(total)
    expect(points).toContainEqual({ step: 70_008, loss: 99 })
    const steps = points.map(({ step }) => step)
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
  })
})
