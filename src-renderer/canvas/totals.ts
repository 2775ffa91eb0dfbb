import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import { bytesText, fits, type MemoryReport } from '../../src-core/training/memory/memory-report.ts'
import { formatBytes, formatCount, formatShort } from '../ui/format.ts'

/** A figure of the whole model. */
export interface Total {
  readonly name: string
  readonly value: string
  /** The exact figure, or what it is made of. */
  readonly about: string
  /** True for a figure that is too large for this machine. */
  readonly tooMuch?: boolean
}

/** Bytes of a weight in float32, as weights are kept. */
const weightBytes = 4

/**
 * The sizes of a model for batches of so many samples: parameters, bytes of the weights (float32), floating point
 * operations of one forward pass, and memory of training where it is known.
 */
export function totals(
  { parameterCount, trainableCount, flops }: Pick<ModelPlan, 'parameterCount' | 'trainableCount' | 'flops'>,
  batchSize: number,
  memory: MemoryReport | null,
): readonly Total[] {
  const frozen = parameterCount - trainableCount
  return [
    {
      name: 'Parameters',
      value: formatShort(parameterCount),
      about: `${formatCount(parameterCount)} parameters${frozen > 0 ? `, ${formatCount(frozen)} of them are not trained` : ''}`,
    },
    {
      name: 'Weights',
      value: formatBytes(parameterCount * weightBytes),
      about: `${formatCount(parameterCount * weightBytes)} bytes as float32`,
    },
    {
      name: 'Forward pass',
      value: `${formatShort(flops * batchSize)} FLOP`,
      about: `${formatCount(flops)} floating point operations for each sample`,
    },
    ...(memory ? [memoryTotal(memory)] : []),
  ]
}

function memoryTotal(memory: MemoryReport): Total {
  const tooMuch = !fits(memory)
  const advice =
    memory.fittingBatchSize === null
      ? ''
      : ` A batch size of ${formatCount(memory.fittingBatchSize)} would fit.`
  return {
    name: 'Training memory',
    value: `about ${bytesText(memory.needed)}`,
    about: `${bytesText(memory.available)} are free.${tooMuch ? advice : ''}`,
    tooMuch,
  }
}
