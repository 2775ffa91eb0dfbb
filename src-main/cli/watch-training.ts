import { assertNever } from '../../src-core/assert-never.ts'
import type { RunEvent } from '../../src-core/training/run-event.ts'
import type { Application } from '../services/application.ts'
import type { CommandContext } from './command-context.ts'
import { ProgressLine } from './progress-line.ts'
import { count, duration, learningRate, metrics, significant } from './table.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** One Ctrl-C may arrive twice, from the terminal and passed on by npm; a person is slower than this. */
const echoMilliseconds = 500

/**
 * Shows a run's progress until it ends. The first Ctrl-C asks the run to stop and keep a checkpoint; the second ends
 * this process at once.
 */
export async function watchTraining(
  { streams }: CommandContext,
  { runs }: Application,
  runId: number,
): Promise<void> {
  const progress = new ProgressLine(streams, 'Training', { plain: false })
  const show = new TrainingProgress(progress)
  const unsubscribe = runs.subscribe((id, event) => {
    if (id === runId) show.tell(event)
  })
  let stoppedAt: number | undefined
  const stop = () => {
    const now = performance.now()
    if (stoppedAt !== undefined) {
      if (now - stoppedAt > echoMilliseconds) process.exit(130)
      return
    }
    stoppedAt = now
    progress.line('Stopping; the checkpoint is kept. Press Ctrl-C again to end at once.')
    void runs.stop(runId)
  }
  for (const signal of signals) process.on(signal, stop)
  try {
    await runs.whenIdle()
  } finally {
    for (const signal of signals) process.off(signal, stop)
    unsubscribe()
    progress.end()
  }
}

/** Turns a run's events into a bar and a line per epoch. */
class TrainingProgress {
  readonly #progress: ProgressLine
  #totalSteps = 1

  constructor(progress: ProgressLine) {
    this.#progress = progress
  }

  tell(event: RunEvent): void {
    switch (event.type) {
      case 'started':
        this.#totalSteps = event.totalSteps ?? event.epochs * event.stepsPerEpoch
        this.#progress.line(
          `${event.engine} on ${event.device}: ${count(event.parameterCount)} parameters, ${count(event.trainSamples)} training samples`,
        )
        break
      case 'step':
        this.#progress.show(event.step / this.#totalSteps, stepText(event))
        break
      case 'epoch':
        this.#progress.line(epochText(event))
        break
      case 'log':
        this.#progress.line(event.level === 'info' ? event.message : `${event.level}: ${event.message}`)
        break
      case 'checkpoint':
      case 'finished':
      case 'failed':
      case 'paused':
        break
      default:
        assertNever(event, 'event')
    }
  }
}

function stepText({
  losses,
  samplesPerSecond,
  remainingSeconds,
}: Extract<RunEvent, { type: 'step' }>): string {
  const loss = losses.at(-1)
  const lossText = loss === undefined ? '' : `loss ${significant(loss)}, `
  return `${lossText}${count(Math.round(samplesPerSecond))} samples/s, ${duration(remainingSeconds)} left`
}

function epochText({ epoch, train, validation, seconds }: Extract<RunEvent, { type: 'epoch' }>): string {
  const parts = [`training ${metrics(train)}`]
  if (validation !== null) parts.push(`validation ${metrics(validation)}`)
  const rate = learningRate(train)
  if (rate !== '') parts.push(`learning rate ${rate}`)
  return `Epoch ${epoch}: ${parts.join('; ')} (${duration(seconds)})`
}
