import type { Precision } from '../../../src-core/training/run-config.ts'
import { engineTitle } from './engine-contenders.ts'
import type { Trial } from './engine-trial.ts'

/**
 * Why one of several trials was taken, in sentences: what was measured, how float16 compares where it was asked for, and
 * what was not used.
 */
export function choiceReason(
  best: Trial,
  trials: readonly Trial[],
  wanted: Precision,
  notes: readonly string[],
): string {
  const isMixed = wanted === 'mixed16'
  const lines = trials.map((trial) => {
    const inPrecision = isMixed ? ` in ${precisionNames[trial.precision]}` : ''
    return `${engineTitle(trial.engine)}${inPrecision} ${time(trial)} per step${trial === best ? ' (used)' : ''}`
  })
  const sentences = [
    lines.join(', '),
    ...(isMixed ? comparison(best, trials) : []),
    ...notes.map(withoutPeriod),
  ]
  return `Measured on this model: ${sentences.join('. ')}.`
}

const precisionNames: Readonly<Record<Precision, string>> = { float32: 'float32', mixed16: 'float16' }

/** How float16 did beside float32; nothing where there is no pair to compare. */
function comparison(best: Trial, trials: readonly Trial[]): string[] {
  const fastestIn = (precision: Precision, of: readonly Trial[]) =>
    of.filter((trial) => trial.precision === precision).sort(bySpeed)[0]
  const sameEngine = trials.filter(({ engine }) => engine.name === best.engine.name)
  if (best.precision === 'float32') {
    const mixed = fastestIn('mixed16', trials)
    if (!mixed) return ['float16 could not be used; float32 is used']
    const times = `${time(mixed)} against ${time(best)}`
    return mixed.millisecondsPerStep > best.millisecondsPerStep
      ? [`float16 is slower here: ${times}; float32 is used`]
      : [`float16 took ${times}; on the CPU it is used only where both are asked for by name`]
  }
  const plain = fastestIn('float32', sameEngine)
  if (!plain) return []
  if (plain.millisecondsPerStep >= best.millisecondsPerStep) {
    return [`float16 is faster here: ${time(best)} against ${time(plain)}`]
  }
  return [
    `float16 is slower here: ${time(best)} against ${time(plain)}; it is used because engine and precision were both asked for`,
  ]
}

/** The faster trial first. */
export function bySpeed(a: Trial, b: Trial): number {
  return a.millisecondsPerStep - b.millisecondsPerStep
}

/** Sentences are joined with periods. */
function withoutPeriod(note: string): string {
  return note.replace(/\.$/, '')
}

function time({ millisecondsPerStep }: Trial): string {
  return `${millisecondsPerStep.toPrecision(3)} ms`
}
