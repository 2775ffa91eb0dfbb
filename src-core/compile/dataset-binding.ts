import { classWeightProblems } from '../datasets/class-weights.ts'
import type { ColumnSpec, DatasetInfo } from '../datasets/dataset-spec.ts'
import type { DatasetBinding } from '../document/model-document.ts'
import { type Problem, problem, type Result, success } from '../problems.ts'
import type { TargetDescription } from '../training/losses/output-loss.ts'
import { resolveLosses } from '../training/losses/resolve-loss.ts'
import type { ClassWeights, NormalizationKind } from '../training/run-config.ts'
import { indexInputs } from './index-inputs.ts'
import { bindInput } from './input-columns.ts'
import type { ModelPlan, PlannedLayer } from './model-plan.ts'
import { offerReconstruction } from './reconstruction.ts'
import { bindTarget, describeTarget } from './target-columns.ts'

/** Which columns feed which layer, decided and checked. */
export interface ResolvedBinding {
  /** Columns by input layer id, in the order their values are laid down. */
  readonly inputs: ReadonlyMap<string, readonly ColumnSpec[]>
  /** Columns by output layer id: one category, or numbers and images. */
  readonly targets: ReadonlyMap<string, readonly ColumnSpec[]>
  /** What each output is compared with, as {@link resolveLosses} takes it. */
  readonly targetDescriptions: ReadonlyMap<string, TargetDescription>
}

/**
 * Binds a dataset's columns to a model's inputs and outputs. What the binding names is taken; what it leaves open is
 * bound automatically: the dataset's target column to the only output (an image of the output's own shape, where the
 * output gives one), the rest to the only input, and where there are several, columns to layers of the same name. Numbers and categories (one value per category) are laid one after the
 * other; an image column fits an input of its own shape, or of one axis with as many values.
 * Problems: `data.column`, `data.targetMissing`, `data.inputShape`.
 */
export function resolveBinding(
  plan: ModelPlan,
  binding: DatasetBinding,
  dataset: DatasetInfo,
  normalization: NormalizationKind = 'auto',
): Result<ResolvedBinding> {
  const problems: Problem[] = []
  const collect = <T>(result: Result<T>): T[] => {
    if (result.ok) return [result.value]
    problems.push(...result.problems)
    return []
  }
  // Recipes learn from samples alone.
  const outputs = plan.recipe ? [] : layersOf(plan, plan.outputIds)
  const targets = new Map(
    outputs.flatMap((output) => {
      const bound = collect(bindTarget(output, outputs.length === 1, binding, dataset))
      return bound.map((columns): [string, readonly ColumnSpec[]] => [output.id, columns])
    }),
  )
  const inputLayers = layersOf(plan, plan.inputIds)
  const taken = new Set([...targets.values()].flat().map((column) => column.name))
  // What a table is usually asked to predict is none of a sample's own values.
  const setAside = plan.recipe && inputLayers.length === 1 ? dataset.defaultTarget : null
  if (setAside !== null) taken.add(setAside)
  const inputs = new Map(
    inputLayers.flatMap((input) => {
      const bound = collect(bindInput(input, inputLayers.length === 1, binding, dataset, taken))
      return bound.map((columns): [string, readonly ColumnSpec[]] => [input.id, columns])
    }),
  )
  if (problems.length > 0) return { ok: false, problems }
  const targetDescriptions = new Map(
    [...targets].map(([id, columns]) => [id, describeTarget(columns, normalization)]),
  )
  return success({ inputs, targets, targetDescriptions })
}

/**
 * Everything that keeps a planned model from being trained on its data: binding, shapes, classes, losses, class weights.
 * `binding` is the document's, `dataset` what the workspace knows under its name. Empty when training can start.
 */
export function checkDataset(
  plan: ModelPlan,
  binding: DatasetBinding | null,
  dataset: DatasetInfo | undefined,
  normalization: NormalizationKind = 'auto',
  classWeights?: ClassWeights,
): readonly Problem[] {
  if (!binding) {
    const hint = 'Choose a dataset in the data panel; MNIST and iris are there to try.'
    return [problem('data.missing', 'The model has no dataset to learn from.', { hint })]
  }
  if (!dataset) {
    const hint = 'Import it, or choose another dataset.'
    return [problem('dataset.notFound', `There is no dataset "${binding.name}" here.`, { hint })]
  }
  const bound = resolveBinding(plan, binding, dataset, normalization)
  if (!bound.ok) return bound.problems
  const losses = resolveLosses(plan, bound.value.targetDescriptions)
  return [
    ...unknownIndices(plan, bound.value.inputs),
    ...(losses.ok ? [] : offerReconstruction(losses.problems, plan, binding, dataset, bound.value.targets)),
    ...(plan.recipe ? [] : classWeightProblems(classWeights, bound.value.targets)),
  ]
}

/** Columns that feed a layer which looks their values up, and hold some that it does not know. */
function unknownIndices(plan: ModelPlan, inputs: ResolvedBinding['inputs']): Problem[] {
  return [...indexInputs(plan)].flatMap(([inputId, { layer, count, parameter, toleratesUnknown }]) => {
    if (toleratesUnknown) return []
    const sequence = (inputs.get(inputId) ?? []).find(
      ({ type, categories }) => type === 'tokens' && (categories?.length ?? 0) > count,
    )
    if (sequence) return [smallVocabulary(sequence, layer, count, parameter)]
    const wrong = (inputs.get(inputId) ?? []).find(({ type, statistics: { minimum, maximum } }) => {
      return type === 'number' && ((minimum ?? 0) < 0 || (maximum ?? 0) >= count)
    })
    if (!wrong) return []
    const { minimum, maximum } = wrong.statistics
    const needed = Math.floor(maximum ?? 0) + 1
    const message = `${layer.name} takes whole numbers from 0 to ${(count - 1).toLocaleString('en')}, but the column "${wrong.name}" holds ${minimum} to ${maximum}.`
    if ((minimum ?? 0) < 0) {
      const hint = 'Number the words from 0 on; 0 may stand for padding.'
      return [problem('data.vocabulary', message, { hint, layerId: layer.id })]
    }
    return [
      problem('data.vocabulary', message, {
        hint: `Let ${layer.name} know ${needed.toLocaleString('en')} numbers, or replace the rare ones by one.`,
        layerId: layer.id,
        parameter,
        fix: {
          label: `Set it to ${needed.toLocaleString('en')}`,
          edits: [{ type: 'setParameters', layerId: layer.id, parameters: { [parameter]: needed } }],
        },
      }),
    ]
  })
}

/** A layer that knows fewer tokens than a column has. */
function smallVocabulary(column: ColumnSpec, layer: PlannedLayer, count: number, parameter: string): Problem {
  const needed = column.categories?.length ?? 0
  return problem(
    'data.vocabulary',
    `${layer.name} knows ${count.toLocaleString('en')} tokens, but the column "${column.name}" has ${needed.toLocaleString('en')} different ones.`,
    {
      hint: `Let ${layer.name} know ${needed.toLocaleString('en')}, or import the text with a smaller vocabulary.`,
      layerId: layer.id,
      parameter,
      fix: {
        label: `Set the vocabulary size to ${needed.toLocaleString('en')}`,
        edits: [{ type: 'setParameters', layerId: layer.id, parameters: { [parameter]: needed } }],
      },
    },
  )
}

function layersOf(plan: ModelPlan, ids: readonly string[]): readonly PlannedLayer[] {
  return plan.layers.filter((layer) => ids.includes(layer.id))
}
