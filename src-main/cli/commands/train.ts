import { z } from 'zod'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { problem, type Result, success } from '../../../src-core/problems.ts'
import { memoryText, memoryWarning } from '../../../src-core/training/memory/memory-report.ts'
import {
  engineChoices,
  optimizerKinds,
  optimizerSchema,
  precisions,
  type TrainingSettings,
} from '../../../src-core/training/run-config.ts'
import { earlyStoppingSchema } from '../../../src-core/training/schedules/early-stopping.ts'
import {
  type ScheduleConfig,
  scheduleKinds,
  scheduleSchema,
} from '../../../src-core/training/schedules/schedule-config.ts'
import { type WarmUp, warmUpSchema } from '../../../src-core/training/schedules/warm-up.ts'
import { setTraining } from '../../../src-core/training/set-training.ts'
import type { Application } from '../../services/application.ts'
import { bindDataset } from '../bind-dataset.ts'
import type { CommandContext } from '../command-context.ts'
import { ProgressLine } from '../progress-line.ts'
import { readDocument } from '../read-document.ts'
import { problemLines, type Reply, refused } from '../reply.ts'
import { trainingReply } from '../training-reply.ts'
import { watchTraining } from '../watch-training.ts'

const optionsSchema = z.object({
  dataset: z.string().optional(),
  target: z.string().optional(),
  epochs: z.int().optional(),
  batchSize: z.int().optional(),
  learningRate: z.number().optional(),
  optimizer: z.enum(optimizerKinds).optional(),
  schedule: z.enum(scheduleKinds).optional(),
  warmupSteps: z.int().optional(),
  earlyStopping: z.int().optional(),
  clipValue: z.number().optional(),
  clipNorm: z.number().optional(),
  globalClipNorm: z.number().optional(),
  accumulate: z.int().optional(),
  engine: z.enum(engineChoices).optional(),
  precision: z.enum(precisions).optional(),
  seed: z.int().optional(),
  classWeight: z.enum(['none', 'balanced']).optional(),
  set: z.array(z.string()).default([]),
  save: z.string().min(1).max(200).optional(),
})
type Options = z.output<typeof optionsSchema>

/**
 * Trains a document and waits for the end: `{ runId, engine, device, epochs, test, samplesPerSecond, seconds, ... }`.
 * Ctrl-C (or SIGTERM) stops the run with a checkpoint, which is a good end too: `status` is then `stopped`.
 */
export async function train(context: CommandContext, named: string, options: unknown): Promise<Reply> {
  const parsed = optionsSchema.safeParse(options)
  if (!parsed.success) return refused([problem('usage.invalid', z.prettifyError(parsed.error))])
  const drawn = await readDocument(named)
  if (!drawn.ok) return refused(drawn.problems)
  const application = await context.application()
  const document = await prepare(context, application, drawn.value, parsed.data)
  if (!document.ok) return refused(document.problems)
  tellMemory(context, application, document.value)
  const { save } = parsed.data
  const project = save === undefined ? undefined : application.projects.create(document.value)
  const started = await application.runs.start({
    projectId: project?.project.id ?? null,
    document: document.value,
    ...(save === undefined ? {} : { name: save }),
  })
  if (!started.ok) return refused(started.problems)
  const { runId } = started.value
  await watchTraining(context, application, runId)
  const detail = application.runs.get(runId)
  return detail.ok ? trainingReply(detail.value) : refused(detail.problems)
}

/** What the training will need and what is free; a warning where that is not enough. */
function tellMemory({ streams }: CommandContext, { memory }: Application, document: ModelDocument): void {
  const report = memory.report(document)
  if (!report) return
  const warning = memoryWarning(report, document.training)
  streams.error(warning ? problemLines([warning]) : `Training ${memoryText(report)}.\n`)
}

/** The document with its dataset and settings as the command line wants them. */
async function prepare(
  { streams }: CommandContext,
  { datasets }: Application,
  document: ModelDocument,
  options: Options,
): Promise<Result<ModelDocument>> {
  const wanted = options.dataset ?? document.dataset?.name
  if (wanted === undefined) {
    const hint = 'Name one with --dataset: a sample (mnist, iris), a dataset of the workspace, or a file.'
    return {
      ok: false,
      problems: [problem('data.missing', 'The document names no dataset to train on.', { hint })],
    }
  }
  const progress = new ProgressLine(streams, `Importing ${wanted}`)
  const dataset = await datasets.resolve(wanted, {
    ...(options.target === undefined ? {} : { target: options.target }),
    onProgress: (fraction) => progress.show(fraction),
    onWarning: (warning) => progress.line(`Warning: ${warning.message}`),
  })
  progress.end()
  if (!dataset.ok) return dataset
  const bound = bindDataset(document, dataset.value.name, options.target)
  if (!bound.ok) return bound
  const configured = configure(bound.value, options)
  const training = setTraining(configured.training, options.set)
  return training.ok ? success({ ...configured, training: training.value }) : training
}

function configure(document: ModelDocument, options: Options): ModelDocument {
  const { training } = document
  const kind = options.optimizer ?? training.optimizer.kind
  const same = kind === training.optimizer.kind ? training.optimizer : optimizerSchema.parse({ kind })
  const patience = options.earlyStopping
  return {
    ...document,
    name: options.save ?? document.name,
    training: {
      ...training,
      epochs: options.epochs ?? training.epochs,
      batchSize: options.batchSize ?? training.batchSize,
      engine: options.engine ?? training.engine,
      seed: options.seed ?? training.seed,
      ...(options.precision && { precision: options.precision }),
      ...(options.classWeight && { classWeights: options.classWeight }),
      optimizer: options.learningRate === undefined ? same : { ...same, learningRate: options.learningRate },
      schedule: scheduleOf(training, options),
      warmUp: warmUpOf(training, options),
      earlyStopping:
        patience === undefined
          ? training.earlyStopping
          : earlyStoppingSchema.parse({ ...training.earlyStopping, patience }),
      ...clippingOf(options),
      ...(options.accumulate === undefined ? {} : { gradientAccumulationSteps: options.accumulate }),
    },
  }
}

/** Of the document's own schedule the details stay; another one comes with its defaults. */
function scheduleOf({ schedule }: TrainingSettings, { schedule: kind }: Options): ScheduleConfig {
  return kind === undefined || kind === schedule.kind ? schedule : scheduleSchema.parse({ kind })
}

/** 0 steps are none. */
function warmUpOf({ warmUp }: TrainingSettings, { warmupSteps }: Options): WarmUp | null {
  if (warmupSteps === undefined) return warmUp
  return warmupSteps === 0
    ? null
    : warmUpSchema.parse({ ...warmUp, length: { unit: 'steps', count: warmupSteps } })
}

function clippingOf({ clipValue, clipNorm, globalClipNorm }: Options): Pick<TrainingSettings, 'clipping'> {
  if (clipValue !== undefined) return { clipping: { kind: 'value', limit: clipValue } }
  if (clipNorm !== undefined) return { clipping: { kind: 'norm', limit: clipNorm } }
  return globalClipNorm === undefined ? {} : { clipping: { kind: 'globalNorm', limit: globalClipNorm } }
}
