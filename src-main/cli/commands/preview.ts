import { z } from 'zod'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import type { LayerView } from '../../../src-core/preview/layer-view.ts'
import { viewsSheet } from '../../../src-core/preview/view-sheet.ts'
import { type Problem, problem, type Result, success } from '../../../src-core/problems.ts'
import { formatShape } from '../../../src-core/shapes/format-shape.ts'
import type { Application } from '../../services/application.ts'
import { encodePng } from '../../services/encode-png.ts'
import { writeFileAtomically } from '../../services/write-file.ts'
import { bindDataset } from '../bind-dataset.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun } from '../find-run.ts'
import { readDocument } from '../read-document.ts'
import { done, type Reply, refused } from '../reply.ts'
import { percent, significant } from '../table.ts'

const optionsSchema = z.object({
  layer: z.string(),
  row: z.int().default(1),
  dataset: z.string().optional(),
  target: z.string().optional(),
  run: z.string().optional(),
  draws: z.int().optional(),
  seed: z.int().default(1),
  output: z.string(),
})
type Options = z.output<typeof optionsSchema>

/**
 * Writes a picture of what a layer makes of one row, counted from 1: `{ layer, row, runId, shape, draws, file }`, with statistics, largest
 * values, histogram and, of short lists, all values of each draw.
 */
export async function preview(context: CommandContext, named: string, given: unknown): Promise<Reply> {
  const options = optionsSchema.parse(given)
  const application = await context.application()
  const document = await boundDocument(application, named, options)
  if (!document.ok) return refused(document.problems)
  const layer = document.value.layers.find(({ name }) => name === options.layer)
  if (!layer) return refused([noLayer(options.layer, document.value)])
  const run = options.run === undefined ? undefined : findRun(application, options.run)
  if (run && !run.ok) return refused(run.problems)
  const runId = run?.value.id ?? null
  const { row, draws, seed, output: file } = options
  const looked = await application.previews.look({
    document: document.value,
    layerId: layer.id,
    row: row - 1,
    runId,
    draws: draws === undefined ? null : { count: draws, seed },
    thumbnails: false,
  })
  if (!looked.ok) return refused(looked.problems)
  const views = looked.value?.views ?? []
  const written = await writeFileAtomically(file, encodePng(viewsSheet(views)))
  if (!written.ok) return refused(written.problems)
  const numbers = views.map(({ statistics, largest, histogram, values }) => ({
    ...{ statistics, largest, histogram, values },
  }))
  const shape = views[0]?.shape ?? []
  return done(
    { layer: layer.name, row, runId, shape, draws: numbers, ...(draws !== undefined && { seed }), file },
    `${layer.name}, ${formatShape(shape)}: ${views.map(summary).join('; ')}\nWrote it to ${file}\n`,
  )
}

async function boundDocument(
  { datasets }: Application,
  named: string,
  { dataset, target }: Options,
): Promise<Result<ModelDocument>> {
  const document = await readDocument(named)
  if (!document.ok) return document
  const wanted = dataset ?? document.value.dataset?.name
  if (wanted === undefined) return success(document.value)
  const found = await datasets.resolve(wanted)
  return found.ok ? bindDataset(document.value, found.value.name, target) : found
}

function noLayer(name: string, { layers }: ModelDocument): Problem {
  const hint = `Layers: ${layers.map((layer) => layer.name).join(', ')}.`
  return problem('preview.layer', `The model has no layer "${name}".`, { hint })
}

function summary({ statistics }: LayerView): string {
  const { minimum, maximum, mean, standardDeviation, zeros } = statistics
  return `${significant(minimum)} to ${significant(maximum)}, mean ${significant(mean)}, deviation ${significant(standardDeviation)}, ${percent(zeros)} zeros`
}
