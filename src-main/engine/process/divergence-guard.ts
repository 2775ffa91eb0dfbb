import { type Problem, problem } from '../../../src-core/problems.ts'
import type { Precision } from '../../../src-core/training/run-config.ts'

/** A loss above this has run away when it was once smaller by this factor. Targets of any size start somewhere else. */
const huge = 1e6
const growth = 1e3

/** Watches the loss of every step. */
export class DivergenceGuard {
  readonly #learningRate: number
  readonly #rateOfStep: (step: number) => number
  readonly #precision: Precision
  #lowest = Number.POSITIVE_INFINITY

  /** `learningRate` is the optimizer's; `rateOfStep` what the schedule makes of it, by step from 0. */
  constructor(
    learningRate: number,
    rateOfStep: (step: number) => number = () => learningRate,
    precision: Precision = 'float32',
  ) {
    this.#learningRate = learningRate
    this.#precision = precision
    this.#rateOfStep = rateOfStep
  }

  /** `run.diverged` when the loss of this step (1-based) is not a number, or huge after having been small. */
  check(loss: number, step: number): Problem | undefined {
    const ranAway = loss > huge && loss > growth * this.#lowest
    if (Number.isFinite(loss) && !ranAway) {
      this.#lowest = Math.min(this.#lowest, loss)
      return undefined
    }
    const change = Number.isFinite(loss) ? `grew to ${loss.toExponential(1)}` : `became ${describe(loss)}`
    return this.#diverged(`The loss ${change} at step ${step}`, step)
  }

  /** The same for what is found between epochs: weights, or metrics on other parts of the data. */
  checkFinite(values: Iterable<number>, what: string, step: number): Problem | undefined {
    for (const value of values) {
      if (!Number.isFinite(value))
        return this.#diverged(`${what} became ${describe(value)} by step ${step}`, step)
    }
    return undefined
  }

  #diverged(what: string, step: number): Problem {
    const rate = Number(this.#rateOfStep(step - 1).toPrecision(6))
    const message = `${what}, with learning rate ${rate}.`
    return problem('run.diverged', message, { hint: this.#hint(step) })
  }

  #hint(step: number): string {
    if (this.#precision === 'mixed16') {
      return 'In float16 numbers beyond 65504 are infinite: train with the precision float32. If that diverges too, lower the learning rate.'
    }
    if (step === 1) {
      return 'It was so at the very first step, before anything was learned: the inputs or targets probably hold very large values. Choose the normalization "standard", and check the loss.'
    }
    return `The learning rate is probably too high: try ${Number((this.#learningRate / 10).toPrecision(3))}. What was stored before is kept.`
  }
}

function describe(loss: number): string {
  return Number.isNaN(loss) ? 'NaN (not a number)' : 'infinite'
}
