import { type Problem, problem } from '../../../src-core/problems.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { lossScaleName } from '../../../src-core/training/precision/loss-scaling.ts'

/** What is worth saying after an epoch in mixed precision. */
export interface LossScaleNews {
  /** A sentence about the steps that were skipped, where some were. */
  readonly note?: string
  /** `run.diverged` when every step was. */
  readonly problem?: Problem
}

/** Tells which steps of an epoch dynamic loss scaling has skipped: none of them is passed over in silence. */
export class LossScaleWatch {
  #skippedBefore: number

  /** `tensors`: what the training goes on from; they hold no loss scale in float32. */
  constructor(tensors: ReadonlyMap<string, NamedTensor>) {
    this.#skippedBefore = numberOf(tensors, 'skippedSteps') ?? 0
  }

  /** `steps`: steps of the optimizer in the epoch. */
  endEpoch(tensors: ReadonlyMap<string, NamedTensor>, epoch: number, steps: number): LossScaleNews {
    const total = numberOf(tensors, 'skippedSteps')
    const scale = numberOf(tensors, 'scale')
    if (total === undefined || scale === undefined) return {}
    const skipped = total - this.#skippedBefore
    this.#skippedBefore = total
    if (skipped === 0) return {}
    if (skipped >= steps && steps > 1) {
      const message = `No gradient of epoch ${epoch} was finite in float16, so that no step of it was taken.`
      return { problem: problem('run.diverged', message, { hint: 'Train with the precision float32.' }) }
    }
    const count = skipped === 1 ? '1 step' : `${skipped} steps`
    return {
      note: `Epoch ${epoch}: ${count} skipped, because gradients were beyond float16's range. The loss scale is ${scale} now.`,
    }
  }
}

function numberOf(
  tensors: ReadonlyMap<string, NamedTensor>,
  key: 'scale' | 'skippedSteps',
): number | undefined {
  const value = tensors.get(lossScaleName(key))?.data[0]
  return value === undefined ? undefined : Number(value)
}
