import { z } from 'zod'
import { problemSchema } from './problem-schema.ts'

/** Metric values by name: `loss`, `accuracy`, `species.f1`. Over all samples, however they were split into batches. */
export const metricValuesSchema = z.record(z.string(), z.number())
export type MetricValues = z.output<typeof metricValuesSchema>

export const runStatuses = ['queued', 'running', 'finished', 'stopped', 'failed', 'paused'] as const
export type RunStatus = (typeof runStatuses)[number]

/** What an engine process tells about a run, in order. Main stores it in batches and passes it on to windows. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    /** Engine and provider that won, e.g. `onnx/cpu`. */
    engine: z.string(),
    /** The device's real name, e.g. `Intel(R) Xeon(R) 2.80GHz, 2 threads`. */
    device: z.string(),
    /** Why this engine: measured numbers, what was tried and not used. */
    reason: z.string(),
    parameterCount: z.int(),
    trainSamples: z.int(),
    validationSamples: z.int(),
    testSamples: z.int(),
    stepsPerEpoch: z.int(),
    epochs: z.int(),
    /** Steps at the end of the last epoch; `stepsPerEpoch` × `epochs` unless the batch size was changed on the way. */
    totalSteps: z.int().optional(),
  }),
  /** At most about ten a second. `losses` holds every step's loss since the last report, the last one being step `step`. */
  z.object({
    type: z.literal('step'),
    epoch: z.int(),
    step: z.int(),
    losses: z.array(z.number()),
    metrics: metricValuesSchema,
    samplesPerSecond: z.number(),
    remainingSeconds: z.number(),
  }),
  z.object({
    type: z.literal('epoch'),
    /** 1-based. */
    epoch: z.int(),
    step: z.int(),
    train: metricValuesSchema,
    validation: metricValuesSchema.nullable(),
    seconds: z.number(),
    samplesPerSecond: z.number(),
    /** Processor time of all threads in the training part; absent where it is not known. */
    processorSeconds: z.number().optional(),
    /** The state at its end, stored together with its metrics; windows hear of it as a `checkpoint`. */
    checkpoint: z.object({ best: z.boolean(), bytes: z.instanceof(Uint8Array) }).optional(),
  }),
  /** `bytes` is a safetensors file with weights, optimizer slots and position; it is stripped before windows see the event. */
  z.object({
    type: z.literal('checkpoint'),
    epoch: z.int(),
    step: z.int(),
    best: z.boolean(),
    bytes: z.instanceof(Uint8Array).optional(),
  }),
  z.object({ type: z.literal('log'), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
  z.object({
    type: z.literal('finished'),
    status: z.enum(['finished', 'stopped']),
    epoch: z.int(),
    step: z.int(),
    test: metricValuesSchema.nullable(),
    seconds: z.number(),
    samplesPerSecond: z.number(),
  }),
  z.object({ type: z.literal('failed'), problem: problemSchema, epoch: z.int(), step: z.int() }),
  /** Memory or the device failed, and the run can go on from its newest checkpoint. */
  z.object({ type: z.literal('paused'), problem: problemSchema, epoch: z.int(), step: z.int() }),
])
export type RunEvent = z.output<typeof runEventSchema>

/** Whether a run is over after this event. */
export function isEnd({ type }: RunEvent): boolean {
  return type === 'finished' || type === 'failed' || type === 'paused'
}
