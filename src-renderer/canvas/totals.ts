import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import { t } from '../../src-core/language/t.ts'
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
      name: t('Parameters', { context: 'total' }),
      value: formatShort(parameterCount),
      about:
        frozen > 0
          ? t('{{parameters}} parameters, {{frozen}} of them are not trained', {
              parameters: formatCount(parameterCount),
              frozen: formatCount(frozen),
            })
          : t('{{parameters}} parameters', { parameters: formatCount(parameterCount) }),
    },
    {
      name: t('Weights'),
      value: formatBytes(parameterCount * weightBytes),
      about: t('{{bytes}} bytes as float32', { bytes: formatCount(parameterCount * weightBytes) }),
    },
    {
      name: t('Forward pass'),
      value: `${formatShort(flops * batchSize)} FLOP`,
      about: t('{{operations}} floating point operations for each sample', {
        operations: formatCount(flops),
      }),
    },
    ...(memory ? [memoryTotal(memory)] : []),
  ]
}

function memoryTotal(memory: MemoryReport): Total {
  const tooMuch = !fits(memory)
  const size = bytesText(memory.available)
  const fitting = memory.fittingBatchSize
  return {
    name: t('Training memory'),
    value: t('about {{size}}', { size: bytesText(memory.needed) }),
    about:
      tooMuch && fitting !== null
        ? t('{{size}} are free. A batch size of {{batchSize}} would fit.', {
            size,
            batchSize: formatCount(fitting),
          })
        : t('{{size}} are free.', { size }),
    tooMuch,
  }
}
