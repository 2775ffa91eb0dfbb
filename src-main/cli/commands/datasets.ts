import { z } from 'zod'
import type { ColumnSpec, DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import type { Problem } from '../../../src-core/problems.ts'
import type { CommandContext } from '../command-context.ts'
import { ProgressLine } from '../progress-line.ts'
import { done, type Reply, refused } from '../reply.ts'
import { bytes, count, significant, table } from '../table.ts'

const importOptionsSchema = z.object({
  name: z.string().optional(),
  target: z.string().optional(),
  labels: z.string().optional(),
  window: z.int().optional(),
  vocabulary: z.int().optional(),
})

/** Imports a data file into the workspace. Problems: those of DatasetService.import. */
export async function importDataset(context: CommandContext, file: string, options: unknown): Promise<Reply> {
  const { name, target, labels, window, vocabulary } = importOptionsSchema.parse(options)
  const { datasets } = await context.application()
  const warnings: Problem[] = []
  const progress = new ProgressLine(context.streams, `Importing ${file}`)
  const imported = await datasets.import(file, {
    ...(name === undefined ? {} : { name }),
    ...(target === undefined ? {} : { target }),
    ...(labels === undefined ? {} : { partner: labels }),
    ...(window === undefined && vocabulary === undefined
      ? {}
      : { text: { windowLength: window, vocabularySize: vocabulary } }),
    onProgress: (fraction) => progress.show(fraction),
    onWarning: (warning) => warnings.push(warning),
  })
  progress.end()
  if (!imported.ok) return refused(imported.problems)
  const dataset = imported.value
  return done({ dataset, warnings }, `Imported "${dataset.name}".\n\n${description(dataset)}`, warnings)
}

/** Lists the datasets of the workspace, and the samples that can be had by name. */
export async function listDatasets(context: CommandContext): Promise<Reply> {
  const { datasets } = await context.application()
  const list = datasets.list()
  const names = new Set(list.map((dataset) => dataset.name))
  const samples = datasets.samples().map(({ name, description: text }) => ({ name, description: text }))
  const others = samples.filter((sample) => !names.has(sample.name))
  const rows = [
    ...list.map((dataset) => [
      dataset.name,
      dataset.format,
      count(dataset.rows),
      String(dataset.columns.length),
      bytes(dataset.bytes),
      dataset.defaultTarget ?? '—',
    ]),
    ...others.map((sample) => [
      sample.name,
      'sample',
      '',
      '',
      '',
      '(ships; named in a command, it is added)',
    ]),
  ]
  const header = ['name', 'format', 'rows', 'columns', 'size', 'target']
  return done({ datasets: list, samples }, table(header, rows))
}

/** Shows one dataset, column by column. Problem: `dataset.notFound`. */
export async function showDataset(context: CommandContext, name: string): Promise<Reply> {
  const { datasets } = await context.application()
  const isSample = datasets.samples().some((sample) => sample.name === name)
  const found = isSample ? await datasets.addSample(name) : datasets.show(name)
  if (!found.ok) return refused(found.problems)
  return done({ dataset: found.value }, description(found.value))
}

function description(dataset: DatasetInfo): string {
  const rows = dataset.columns.map((column) => [
    column.name + (column.name === dataset.defaultTarget ? ' (target)' : ''),
    column.type,
    column.shape.length > 0 ? column.shape.join(' × ') : '',
    contents(column),
    column.statistics.missing > 0 ? count(column.statistics.missing) : '',
  ])
  return [
    `${dataset.name}: ${dataset.description}\n`,
    `${count(dataset.rows)} rows, ${bytes(dataset.bytes)}\n\n`,
    table(['column', 'type', 'shape', 'values', 'missing'], rows),
  ].join('')
}

const shownCategories = 8

function contents({ type, categories, statistics }: ColumnSpec): string {
  if (categories !== undefined) {
    const named = categories.slice(0, shownCategories).map((name, index) => {
      const category = type === 'tokens' ? JSON.stringify(name) : name
      const rows = statistics.counts?.[index]
      return rows === undefined ? category : `${category} (${count(rows)})`
    })
    const more = categories.length - named.length
    return named.join(', ') + (more > 0 ? `, and ${more} more` : '')
  }
  const { minimum, maximum, mean, standardDeviation } = statistics
  if (minimum === null || maximum === null) return ''
  const range = `${significant(minimum)} to ${significant(maximum)}`
  return mean === null || standardDeviation === null
    ? range
    : `${range}, mean ${significant(mean)} ± ${significant(standardDeviation)}`
}
