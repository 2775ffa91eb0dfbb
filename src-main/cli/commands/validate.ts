import { existsSync } from 'node:fs'
import { z } from 'zod'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { type Problem, type Result, success } from '../../../src-core/problems.ts'
import { checkRun, checkRunWithoutData } from '../../../src-core/training/check-run.ts'
import { bindDataset } from '../bind-dataset.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodeFor } from '../exit-codes.ts'
import { readDocument } from '../read-document.ts'
import { plainProblems, type Reply, refused } from '../reply.ts'
import { count } from '../table.ts'

const optionsSchema = z.object({ dataset: z.string().optional(), target: z.string().optional() })
type Options = z.output<typeof optionsSchema>

/**
 * Checks a document and names every problem: `{ valid, dataset, problems }`. Exit code 1 when there is an error;
 * warnings leave it valid. It is checked against its data too where the workspace has them, or where they are named.
 */
export async function validate(context: CommandContext, named: string, options: unknown): Promise<Reply> {
  const document = await readDocument(named)
  if (!document.ok) return invalid(document.problems)
  const { plan, problems } = compileModel(document.value)
  if (plan === undefined) return invalid(problems)
  const data = await findData(context, document.value, optionsSchema.parse(options))
  if (!data.ok) return invalid(data.problems)
  const found =
    data.value === undefined
      ? checkRunWithoutData(plan, document.value)
      : checkRun(plan, data.value.document, data.value.dataset)
  const all = [...problems, ...found]
  if (exitCodeFor(all) !== 0) return invalid(all)
  const dataset = data.value?.dataset.name ?? null
  const checked = dataset === null ? '' : ` and fits the dataset "${dataset}"`
  return {
    exitCode: 0,
    json: { valid: true, dataset, problems: plainProblems(all) },
    text: `"${plan.name}" is valid${checked}: ${count(plan.layers.length)} layers, ${count(plan.parameterCount)} parameters.\n`,
    problems: all,
  }
}

function invalid(problems: readonly Problem[]): Reply {
  return { ...refused(problems), json: { valid: false, problems: plainProblems(problems) } }
}

interface BoundData {
  /** With its binding. */
  readonly document: ModelDocument
  readonly dataset: DatasetInfo
}

/** The dataset that is named, or else the document's own if the workspace has it; undefined for none. */
async function findData(
  context: CommandContext,
  document: ModelDocument,
  { dataset: named, target }: Options,
): Promise<Result<BoundData | undefined>> {
  const own = document.dataset?.name
  const nothing = named === undefined && (own === undefined || !existsSync(context.workspaceFile))
  if (nothing) return success(undefined)
  const { datasets } = await context.application()
  const found =
    named === undefined
      ? datasets.show(own ?? '')
      : await datasets.resolve(named, target === undefined ? {} : { target })
  if (!found.ok) return named === undefined ? success(undefined) : found
  const bound = bindDataset(document, found.value.name, target)
  return bound.ok ? success({ document: bound.value, dataset: found.value }) : bound
}
