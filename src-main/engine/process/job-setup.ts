import { totalmem } from 'node:os'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { type ResolvedBinding, resolveBinding } from '../../../src-core/compile/dataset-binding.ts'
import type { ModelPlan } from '../../../src-core/compile/model-plan.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { failure, problem, type Result, success } from '../../../src-core/problems.ts'
import type { Checkpoint } from '../../../src-core/training/checkpoint.ts'
import type { OutputLoss } from '../../../src-core/training/losses/output-loss.ts'
import { resolveLosses } from '../../../src-core/training/losses/resolve-loss.ts'
import { plannedLayer } from '../../../src-core/training/planned-layer.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { elementsOf } from '../../workspace/dataset-repository.ts'
import { openWorkspaceReadOnly } from '../../workspace/open.ts'
import { memoryShare } from '../memory-share.ts'
import type { DatasetReference } from '../protocol.ts'
import { ColumnStore } from './column-store.ts'
import { checkLabelRows } from './label-rows.ts'
import { neededColumns, TrainingData } from './training-data.ts'

export interface JobSetup {
  readonly plan: ModelPlan
  readonly losses: ReadonlyMap<string, OutputLoss>
  readonly bound: ResolvedBinding
  readonly data: TrainingData
  /** Rows with more labels than the steps of their output can tell: they teach nothing. */
  readonly rowsBeyondSteps: number
}

export interface JobDescription {
  readonly document: ModelDocument
  readonly settings: TrainingSettings
  readonly dataset: DatasetReference
}

/** The document as a plan; problems where it has errors. */
export function planOf(document: ModelDocument): Result<ModelPlan> {
  const { plan, problems } = compileModel(document)
  return plan ? success(plan) : failure(...problems.filter(({ severity }) => severity === 'error'))
}

/** Compiles the document, binds and loads its data. A checkpoint brings the preparation it was trained with. */
export function setUp(job: JobDescription, checkpoint?: Checkpoint): Result<JobSetup> {
  const plan = planOf(job.document)
  if (!plan.ok) return plan
  // Chunks are read as long as the process lives, which ends with the job.
  const { datasets } = openWorkspaceReadOnly(job.dataset.workspaceFile)
  const info = datasets.find(job.dataset.datasetId)
  if (!info) return failure(problem('dataset.notFound', `The dataset "${job.dataset.binding.name}" is gone.`))
  const bound = resolveBinding(plan.value, job.dataset.binding, info, job.settings.normalization)
  if (!bound.ok) return bound
  const losses = resolveLosses(plan.value, bound.value.targetDescriptions)
  if (!losses.ok) return losses
  const store = new ColumnStore(
    neededColumns(bound.value),
    info.rows,
    (column, chunk) => elementsOf(column.dtype, datasets.readColumnChunk(info.id, column.name, chunk)),
    job.dataset.memoryBudget ?? totalmem() * memoryShare,
    checkpoint?.position.window ?? undefined,
  )
  const data = TrainingData.prepare({
    plan: plan.value,
    info,
    store,
    bound: bound.value,
    settings: job.settings,
    ...(checkpoint && { preparation: checkpoint.preparation }),
  })
  if (!data.ok) return data
  const lists = labelLists(plan.value, losses.value, bound.value, store, data.value.allRows)
  if (!lists.ok) return lists
  return success({
    plan: plan.value,
    losses: losses.value,
    bound: bound.value,
    data: data.value,
    rowsBeyondSteps: lists.value,
  })
}

/** Checks the targets that are lists of labels, and counts the rows whose list is too long. */
function labelLists(
  plan: ModelPlan,
  losses: ReadonlyMap<string, OutputLoss>,
  bound: ResolvedBinding,
  store: ColumnStore,
  rows: Uint32Array,
): Result<number> {
  let beyondSteps = 0
  for (const [id, { target }] of losses) {
    if (target !== 'labels') continue
    const columns = (bound.targets.get(id) ?? []).map(({ name }) => store.column(name))
    const [steps = 0] = plannedLayer(plan, id).outputShape
    const found = checkLabelRows(columns, rows, steps, id)
    if (found.problem) return failure(found.problem)
    beyondSteps += found.beyondSteps
  }
  return success(beyondSteps)
}
