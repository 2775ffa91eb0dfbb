import { z } from 'zod'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import { blockViews } from '../../../src-core/export/layer-text.ts'
import { exportMermaid, mermaidDirections } from '../../../src-core/export/mermaid.ts'
import { problem } from '../../../src-core/problems.ts'
import { writeFileAtomically } from '../../services/write-file.ts'
import type { CommandContext } from '../command-context.ts'
import { findRun, looksLikeRun } from '../find-run.ts'
import { readDocument } from '../read-document.ts'
import { done, type Reply, refused } from '../reply.ts'

const optionsSchema = z.object({
  format: z.enum(['mermaid', 'onnx', 'json']),
  output: z.string(),
  direction: z.enum(mermaidDirections).optional(),
  blocks: z.enum(blockViews).optional(),
})
type Options = z.output<typeof optionsSchema>

const standardOutput = '-'

/** Writes a document or a run's model to a file; texts also to standard output. */
export async function exportModel(context: CommandContext, named: string, options: unknown): Promise<Reply> {
  const parsed = optionsSchema.parse(options)
  if (parsed.output === standardOutput && (context.json || parsed.format === 'onnx')) {
    const reason = context.json ? 'that is where the JSON goes' : 'a model is not a text'
    return refused([
      problem('usage.invalid', `Standard output cannot take it: ${reason}.`, {
        hint: 'Name a file with -o.',
      }),
    ])
  }
  return looksLikeRun(named) ? exportRun(context, named, parsed) : exportDocument(context, named, parsed)
}

async function exportRun(context: CommandContext, named: string, options: Options): Promise<Reply> {
  const application = await context.application()
  const run = findRun(application, named)
  if (!run.ok) return refused(run.problems)
  if (options.format !== 'onnx') {
    const document = application.exports.documentOfRun(run.value.id)
    return document.ok ? exportText(document.value, options) : refused(document.problems)
  }
  const exported = await application.exports.exportRun(run.value.id, 'onnx', options.output)
  if (!exported.ok) return refused(exported.problems)
  const { filePath, largestDifference, comparedRows } = exported.value
  const compared =
    largestDifference === null
      ? 'It could not be compared with the app: the dataset of the run is gone.'
      : `Run by onnxruntime, it differs from the app's own predictions by at most ${largestDifference.toExponential(1)} (${comparedRows} rows; relative for values above 1).`
  return done(
    { format: 'onnx', file: filePath, runId: run.value.id, largestDifference, comparedRows },
    `Wrote ${filePath}.\n${compared}\n`,
  )
}

async function exportDocument(context: CommandContext, named: string, options: Options): Promise<Reply> {
  const document = await readDocument(named)
  if (!document.ok) return refused(document.problems)
  if (options.format !== 'onnx') return exportText(document.value, options)
  const { exports } = await context.application()
  const exported = await exports.exportDocument(document.value, 'onnx', options.output)
  if (!exported.ok) return refused(exported.problems)
  return done(
    { format: 'onnx', file: exported.value.filePath, runId: null, largestDifference: null, comparedRows: 0 },
    `Wrote ${exported.value.filePath} with initial, untrained weights.\n`,
  )
}

async function exportText(document: ModelDocument, options: Options): Promise<Reply> {
  const { format, output } = options
  const text = format === 'json' ? serialiseDocument(document) : mermaid(document, options)
  if (output === standardOutput) return done({}, text.endsWith('\n') ? text : `${text}\n`)
  const written = await writeFileAtomically(output, text)
  return written.ok ? done({ format, file: output }, `Wrote ${output}.\n`) : refused(written.problems)
}

/** Unfinished drawings have a diagram too, so what the compiler finds wrong is no obstacle. */
function mermaid(document: ModelDocument, { direction, blocks }: Options): string {
  return exportMermaid(document, compileModel(document), {
    ...(direction !== undefined && { direction }),
    ...(blocks !== undefined && { blocks }),
  })
}
