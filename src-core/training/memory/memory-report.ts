import { z } from 'zod'
import { type Problem, problem } from '../../problems.ts'
import type { TrainingSettings } from '../run-config.ts'

/** What a training needs and what is there. */
export const memoryReportSchema = z.object({
  batchSize: z.int().positive(),
  /** Bytes the training will take at most, about. */
  needed: z.number(),
  /** Bytes that are free now. */
  available: z.number(),
  /** The largest batch size that would fit, where this one does not; null when none would. */
  fittingBatchSize: z.int().positive().nullable(),
})
export type MemoryReport = z.output<typeof memoryReportSchema>

/** Whether there is room for the training. */
export function fits({ needed, available }: MemoryReport): boolean {
  return needed <= available
}

/** `needs about 1.8 GB at batch size 128; 6 GB free`. */
export function memoryText({ needed, available, batchSize }: MemoryReport): string {
  return `needs about ${bytesText(needed)} at batch size ${count(batchSize)}; ${bytesText(available)} free`
}

/** A warning before a training that will not fit, with the batch size that would; undefined when it fits. */
export function memoryWarning(report: MemoryReport, training: TrainingSettings): Problem | undefined {
  if (fits(report)) return undefined
  const { needed, available, batchSize, fittingBatchSize } = report
  const message = `Training needs about ${bytesText(needed)} of memory at batch size ${count(batchSize)}, but ${bytesText(available)} are free.`
  return problem('run.outOfMemory', message, { severity: 'warning', ...remedy(fittingBatchSize, training) })
}

/** What a failure for want of memory should say besides: what would fit, and a fix that sets it. */
export function withMemoryAdvice(found: Problem, report: MemoryReport, training: TrainingSettings): Problem {
  const { needed, available, batchSize, fittingBatchSize } = report
  const message = `${found.message} The run needs about ${bytesText(needed)} at batch size ${count(batchSize)}; ${bytesText(available)} are free.`
  return { ...found, message, ...remedy(fittingBatchSize, training) }
}

function remedy(batchSize: number | null, training: TrainingSettings): Partial<Problem> {
  if (batchSize === null) return { hint: 'End other programs, or make the model smaller.' }
  return {
    hint: `A batch size of ${count(batchSize)} would fit.`,
    batchSize,
    fix: {
      label: `Set the batch size to ${count(batchSize)}`,
      edits: [{ type: 'setTraining', training: { ...training, batchSize } }],
    },
  }
}

function count(value: number): string {
  return value.toLocaleString('en')
}

/** `740 MB`, `1.8 GB`: in powers of 1000, as people read memory. */
export function bytesText(bytes: number): string {
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`
  const gigabytes = bytes / 1e9
  return `${gigabytes < 10 ? Number(gigabytes.toFixed(1)) : Math.round(gigabytes)} GB`
}
