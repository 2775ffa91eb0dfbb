import { assertNever } from '../../src-core/assert-never.ts'
import type { EpochRecord } from '../../src-core/ipc/contract.ts'
import type { Problem } from '../../src-core/problems.ts'
import type { MetricValues, RunEvent, RunStatus } from '../../src-core/training/run-event.ts'

/** What a window knows about a run while it goes on. */
export interface LiveRun {
  readonly runId: number
  readonly status: RunStatus
  readonly started: Extract<RunEvent, { type: 'started' }> | null
  readonly epoch: number
  readonly step: number
  /** Loss per step. */
  readonly steps: readonly { readonly step: number; readonly loss: number }[]
  readonly epochs: readonly EpochRecord[]
  /** The epoch whose weights were stored last: once the run has ended, the one that is kept. */
  readonly storedEpoch: number | null
  /** What `metrics` was along the way: means over the epoch until then. */
  readonly progress: readonly { readonly step: number; readonly metrics: MetricValues }[]
  /** Of the epoch in progress. */
  readonly metrics: MetricValues
  readonly samplesPerSecond: number | null
  readonly remainingSeconds: number | null
  readonly seconds: number | null
  readonly test: MetricValues | null
  readonly logs: readonly { readonly level: 'info' | 'warning' | 'error'; readonly message: string }[]
  readonly problem: Problem | null
}

export function newLiveRun(runId: number): LiveRun {
  return {
    runId,
    status: 'queued',
    started: null,
    epoch: 0,
    step: 0,
    steps: [],
    epochs: [],
    storedEpoch: null,
    progress: [],
    metrics: {},
    samplesPerSecond: null,
    remainingSeconds: null,
    seconds: null,
    test: null,
    logs: [],
    problem: null,
  }
}

/** The run after one more event. Pure. */
export function applyRunEvent(run: LiveRun, event: RunEvent): LiveRun {
  switch (event.type) {
    case 'started':
      // Of a resumed run, how it ended before no longer counts.
      return { ...run, status: 'running', started: event, problem: null, test: null, seconds: null }
    case 'step':
      return afterStep(run, event)
    case 'epoch': {
      const { type: _, ...epoch } = event
      const before = run.epochs.filter((known) => known.epoch !== epoch.epoch)
      return { ...run, epoch: event.epoch, step: event.step, epochs: [...before, epoch] }
    }
    case 'checkpoint':
      return { ...run, storedEpoch: event.epoch }
    case 'log':
      return { ...run, logs: [...run.logs, { level: event.level, message: event.message }] }
    case 'finished':
      return {
        ...run,
        status: event.status,
        epoch: event.epoch,
        step: event.step,
        test: event.test,
        seconds: event.seconds,
        samplesPerSecond: event.samplesPerSecond,
        remainingSeconds: 0,
      }
    case 'failed':
    case 'paused':
      return { ...run, status: event.type, problem: event.problem, remainingSeconds: null }
    default:
      return assertNever(event)
  }
}

function afterStep(run: LiveRun, event: Extract<RunEvent, { type: 'step' }>): LiveRun {
  const first = event.step - event.losses.length + 1
  const news = event.losses.map((loss, index) => ({ step: first + index, loss }))
  return {
    ...run,
    status: 'running',
    epoch: event.epoch,
    step: event.step,
    steps: thin([...run.steps.filter((known) => known.step < first), ...news]),
    progress: thin([
      ...run.progress.filter((known) => known.step < event.step),
      { step: event.step, metrics: event.metrics },
    ]),
    metrics: event.metrics,
    samplesPerSecond: event.samplesPerSecond,
    remainingSeconds: event.remainingSeconds,
  }
}

const mostPoints = 4000

/** Keeps every second point once there are more than a screen can show. */
function thin<T>(points: readonly T[]): readonly T[] {
  if (points.length <= mostPoints) return points
  return points.filter((_, index) => index % 2 === 1 || index === points.length - 1)
}

/** The epoch whose weights the run has: that of the last checkpoint, which early stopping may have taken back; else the last. */
export function keptEpoch({ epochs, storedEpoch }: LiveRun): EpochRecord | undefined {
  return epochs.find(({ epoch }) => epoch === storedEpoch) ?? epochs.at(-1)
}

/** True while a run may still change by itself. */
export function isActive(status: RunStatus): boolean {
  return status === 'queued' || status === 'running'
}
