import { describe, expect, it } from 'vitest'
import { DivergenceGuard } from '../../../src-main/engine/process/divergence-guard.ts'

/** What the guard says to losses, the first being step 1. */
function firstProblem(losses: readonly number[], learningRate = 0.5) {
  const guard = new DivergenceGuard(learningRate)
  for (const [index, loss] of losses.entries()) {
    const problem = guard.check(loss, index + 1)
    if (problem) return problem
  }
  return undefined
}

describe('DivergenceGuard', () => {
  it('lets losses rise and fall', () => {
    expect(firstProblem([2.3, 5, 900, 0.1, 40_000])).toBeUndefined()
  })

  it('lets a loss be large from the beginning: targets may be', () => {
    expect(firstProblem([4e7, 3e7, 5e7, 2e6])).toBeUndefined()
  })

  it.each([
    [Number.NaN, 'became NaN (not a number)'],
    [Number.POSITIVE_INFINITY, 'became infinite'],
    [2e6, 'grew to 2.0e+6'],
  ])('stops at %s, naming step and learning rate', (loss, what) => {
    const problem = firstProblem([2.3, 1.1, loss])
    expect(problem).toMatchObject({
      code: 'run.diverged',
      message: `The loss ${what} at step 3, with learning rate 0.5.`,
      hint: 'The learning rate is probably too high: try 0.05. What was stored before is kept.',
    })
  })

  it('names the rate of the step where a schedule has changed it, and advises on that of the optimizer', () => {
    const guard = new DivergenceGuard(0.5, (step) => 0.5 * 0.1 ** step)
    expect(guard.check(Number.NaN, 3)).toMatchObject({
      message: 'The loss became NaN (not a number) at step 3, with learning rate 0.005.',
      hint: 'The learning rate is probably too high: try 0.05. What was stored before is kept.',
    })
  })

  it('blames the data when the very first step is wrong', () => {
    expect(firstProblem([Number.NaN])?.hint).toContain('inputs or targets probably hold very large values')
  })

  it('looks at weights and metrics too', () => {
    const guard = new DivergenceGuard(0.1)
    expect(guard.checkFinite([1, 2, 3], 'The weight a', 5)).toBeUndefined()
    expect(guard.checkFinite([1, Number.NaN], 'The weight a', 5)?.message).toBe(
      'The weight a became NaN (not a number) by step 5, with learning rate 0.1.',
    )
  })
})
