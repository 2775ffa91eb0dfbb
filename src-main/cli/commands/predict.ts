import { existsSync } from 'node:fs'
import { failure, type Problem, problem, type Result } from '../../../src-core/problems.ts'
import type { Application } from '../../services/application.ts'
import type { Prediction } from '../../services/interpret-outputs.ts'
import { readPredictionRows } from '../../services/prediction-rows.ts'
import type { SamplePrediction } from '../../services/prediction-service.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun } from '../find-run.ts'
import { done, type Reply, refused } from '../reply.ts'
import { percent, significant, table } from '../table.ts'

const mostRows = 10_000

/**
 * Predicts with a trained run: `{ runId, predictions: [{ row, outputs, actual? }] }`. The input is a CSV or JSON file,
 * JSON itself, or rows of a dataset.
 */
export async function predict(context: CommandContext, named: string, input: string): Promise<Reply> {
  const application = await context.application()
  const run = findRun(application, named)
  if (!run.ok) return refused(run.problems)
  const predictions = await predictInput(application, run.value.id, input)
  if (!predictions.ok) return refused(predictions.problems)
  return done({ runId: run.value.id, predictions: predictions.value }, asTable(predictions.value))
}

async function predictInput(
  { predictions, datasets }: Application,
  runId: number,
  input: string,
): Promise<Result<SamplePrediction[]>> {
  const reference = datasetReference(input)
  if (reference === undefined) {
    const rows = await readPredictionRows(input)
    return rows.ok ? predictions.predict(runId, rows.value) : rows
  }
  const { name, first, last } = reference
  const wrong = wrongReference(input, first, last)
  if (wrong) return failure(wrong)
  const dataset = await datasets.resolve(name)
  return dataset.ok
    ? predictions.predictDataset(runId, dataset.value.name, first - 1, last - first + 1)
    : dataset
}

function wrongReference(input: string, first: number, last: number): Problem | undefined {
  if (first < 1) {
    return problem('predict.input', `"${input}" names the row 0, but rows are counted from 1.`)
  }
  if (last >= first && last - first < mostRows) return undefined
  return problem('predict.input', `"${input}" must name 1 to ${mostRows} rows, the first one first.`)
}

/** `NAME:ROW` or `NAME:FIRST-LAST`, counted from 1; undefined for anything else and for a file of that name. */
export function datasetReference(input: string): { name: string; first: number; last: number } | undefined {
  const [, name, first, last = first] = /^(.+):(\d+)(?:-(\d+))?$/.exec(input) ?? []
  if (name === undefined || /^\s*[[{]/.test(input) || existsSync(input)) return undefined
  return { name, first: Number(first), last: Number(last) }
}

function asTable(predictions: readonly SamplePrediction[]): string {
  const names = [...new Set(predictions.flatMap(({ outputs }) => Object.keys(outputs)))]
  const hasActual = predictions.some(({ actual }) => actual !== undefined)
  const rows = predictions.map(({ row, outputs, actual }) => [
    String(row),
    ...names.map((name) => shown(outputs[name])),
    ...(hasActual
      ? [
          Object.values(actual ?? {})
            .map(onOneLine)
            .join(', '),
        ]
      : []),
  ])
  return table(['row', ...names, ...(hasActual ? ['actual'] : [])], rows)
}

/** Windows of a text have line breaks. */
function onOneLine(value: unknown): string {
  return typeof value === 'string' && value.includes('\n') ? JSON.stringify(value) : String(value)
}

function shown(prediction: Prediction | undefined): string {
  if (prediction === undefined) return ''
  if ('text' in prediction) return JSON.stringify(prediction.text)
  if ('labels' in prediction) return prediction.labels.join(' ')
  if ('class' in prediction) return `${prediction.class} (${percent(prediction.probability)})`
  if ('value' in prediction) return significant(prediction.value)
  return prediction.values.map(significant).join(' ')
}
