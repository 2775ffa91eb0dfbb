import type { EpochRecord, RunDetail, RunSummary } from '../../../src-core/ipc/contract.ts'
import { describeSettings } from '../../../src-core/training/describe-settings.ts'
import { lengthText } from '../../../src-core/training/schedules/length.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun } from '../find-run.ts'
import { done, type Reply, refused } from '../reply.ts'
import { count, duration, learningRate, metrics, table } from '../table.ts'

/** Lists all runs, the newest first: `{ runs }`. */
export async function listRuns(context: CommandContext): Promise<Reply> {
  const { runs } = await context.application()
  const list = runs.list()
  const rows = list.map((run) => [
    String(run.id),
    run.name,
    run.datasetName,
    run.status,
    `${run.epochsDone}/${run.epochs}`,
    metrics(run.test ?? run.validation ?? run.train),
    run.engine,
    run.seconds === null ? '' : duration(run.seconds),
  ])
  const header = ['run', 'name', 'dataset', 'status', 'epochs', 'result', 'engine', 'time']
  return done({ runs: list }, list.length === 0 ? 'There are no runs yet.\n' : table(header, rows))
}

/** Shows everything about one run: the detail of the IPC contract. */
export async function showRun(context: CommandContext, named: string): Promise<Reply> {
  const application = await context.application()
  const run = findRun(application, named)
  if (!run.ok) return refused(run.problems)
  const detail = application.runs.get(run.value.id)
  return detail.ok ? done(detail.value, description(detail.value)) : refused(detail.problems)
}

function description({ run, settings, epochs, reason, logs }: RunDetail): string {
  const facts: readonly (readonly [string, string])[] = [
    ['run', `${run.id}, ${run.name}`],
    ['status', run.status + (run.problem === null ? '' : `: ${run.problem.message}`)],
    ['dataset', run.datasetName],
    ['document', run.documentHash],
    ['started', run.startedAt],
    ['engine', [run.engine, run.device].filter(Boolean).join(', ')],
    ['chosen because', reason],
    ['settings', settingsText(settings)],
    ...describeSettings(settings).map(({ name, value }) => [name.toLowerCase(), value] as const),
    ['time', timeText(run)],
    ['test', metrics(run.test)],
  ]
  const lines = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name.padEnd(21)} ${value}\n`)
  const notes = logs.map(({ level, message }) => `${level === 'info' ? '' : `${level}: `}${message}\n`)
  return `${lines.join('')}${notes.join('')}\n${epochTable(epochs)}`
}

function settingsText(settings: RunDetail['settings']): string {
  const { epochs, batchSize, optimizer, schedule, warmUp, earlyStopping, seed, classWeights } = settings
  return [
    `${count(epochs)} epochs`,
    `batch size ${count(batchSize)}`,
    `${optimizer.kind} at ${optimizer.learningRate}`,
    ...(schedule.kind === 'constant' ? [] : [`schedule ${schedule.kind}`]),
    ...(warmUp === null ? [] : [`warm-up of ${lengthText(warmUp.length)}`]),
    ...(earlyStopping === null ? [] : [`early stopping after ${earlyStopping.patience}`]),
    `seed ${seed}`,
    ...weightsText(classWeights),
  ].join(', ')
}

function weightsText(weights: RunDetail['settings']['classWeights']): readonly string[] {
  if (weights === undefined || weights === 'none') return []
  if (weights === 'balanced') return ['classes balanced']
  const each = Object.entries(weights).map(([name, weight]) => `${name} ${weight}`)
  return [`classes weighed ${each.join(', ')}`]
}

function timeText({ seconds, samplesPerSecond }: RunSummary): string {
  if (seconds === null) return ''
  const speed = samplesPerSecond === null ? '' : `, ${count(Math.round(samplesPerSecond))} samples/s`
  return duration(seconds) + speed
}

function epochTable(epochs: readonly EpochRecord[]): string {
  const rows = epochs.map(({ epoch, train, validation, seconds }) => [
    String(epoch),
    metrics(train),
    metrics(validation),
    learningRate(train),
    duration(seconds),
  ])
  return table(['epoch', 'training', 'validation', 'learning rate', 'time'], rows)
}
