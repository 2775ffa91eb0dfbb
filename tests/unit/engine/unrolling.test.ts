import { describe, expect, it } from 'vitest'
import { chooseStepsPerRun } from '../../../src-main/engine/process/unrolling.ts'

const short = { millisecondsPerStep: 0.3, stateBytes: 50_000, wholeBatches: 125, stepsLeft: 5000 }

describe('chooseStepsPerRun', () => {
  it('chains steps that are hardly longer than calling the engine', () => {
    expect(chooseStepsPerRun(short)).toBe(8)
  })

  it('chains steps whose state is large next to their work', () => {
    expect(chooseStepsPerRun({ ...short, millisecondsPerStep: 5, stateBytes: 7e6 })).toBeGreaterThan(1)
  })

  it('leaves long steps alone', () => {
    expect(chooseStepsPerRun({ ...short, millisecondsPerStep: 20 })).toBe(1)
  })

  it('never chains more than an epoch has', () => {
    expect(chooseStepsPerRun({ ...short, wholeBatches: 3 })).toBe(2)
    expect(chooseStepsPerRun({ ...short, wholeBatches: 1 })).toBe(1)
    expect(chooseStepsPerRun({ ...short, wholeBatches: 0 })).toBe(1)
  })

  it('does not build a larger graph for a few steps', () => {
    expect(chooseStepsPerRun({ ...short, stepsLeft: 20 })).toBe(1)
  })
})
