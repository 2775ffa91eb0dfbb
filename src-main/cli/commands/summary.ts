import { z } from 'zod'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { blockViews } from '../../../src-core/export/layer-text.ts'
import { summariseModel, summaryText } from '../../../src-core/export/summary.ts'
import { memoryText } from '../../../src-core/training/memory/memory-report.ts'
import { MemoryService } from '../../services/memory-service.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodeFor } from '../exit-codes.ts'
import { readDocument } from '../read-document.ts'
import { plainProblems, type Reply, refused } from '../reply.ts'

const optionsSchema = z.object({ blocks: z.enum(blockViews).optional() })

/** Lists the layers of a document with shapes and costs, also of an unfinished one; its problems come with it. */
export async function summary(_context: CommandContext, named: string, options: unknown): Promise<Reply> {
  const { blocks } = optionsSchema.parse(options)
  const document = await readDocument(named)
  if (!document.ok) return refused(document.problems)
  const compiled = compileModel(document.value)
  const summarised = summariseModel(document.value, compiled, blocks)
  // Without its data: what they take besides is in the inspector, and is said by `train`.
  const memory = new MemoryService({ findByName: () => undefined }).report(document.value)
  return {
    exitCode: exitCodeFor(compiled.problems),
    json: { ...summarised, memory, problems: plainProblems(compiled.problems) },
    text: summaryText(summarised) + (memory ? `Training ${memoryText(memory)}\n` : ''),
    problems: compiled.problems,
  }
}
