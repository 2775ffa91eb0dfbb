import { type Problem, problem } from '../problems.ts'
import type { ClassWeights } from '../training/run-config.ts'
import type { ColumnSpec } from './dataset-spec.ts'

/** Columns that the outputs of a model are trained against, by id of the output layer. */
type Targets = ReadonlyMap<string, readonly ColumnSpec[]>

/** The only category among a model's targets, which class weights are about; `undefined` when there is none or several. */
export function classWeightTarget(targets: Targets): ColumnSpec | undefined {
  const categories = categoriesOf(targets)
  return categories.length === 1 ? categories[0] : undefined
}

/** Why a model's targets cannot be weighed by class as the settings say (`run.config`). */
export function classWeightProblems(setting: ClassWeights | undefined, targets: Targets): readonly Problem[] {
  if (setting === undefined || setting === 'none') return []
  const column = classWeightTarget(targets)
  if (!column) {
    const count = categoriesOf(targets).length
    const single = areTokens(targets) ? 'the model predicts a sequence' : 'the model predicts numbers'
    const found = count === 0 ? single : `the model predicts ${count} categories`
    return [
      problem('run.config', `Class weights need exactly one category that is predicted, but ${found}.`, {
        hint: 'Set the class weights to none.',
      }),
    ]
  }
  const known = column.categories ?? []
  const foreign = setting === 'balanced' ? [] : Object.keys(setting).filter((name) => !known.includes(name))
  return foreign.map((name) =>
    problem('run.config', `The class weights name "${name}", which is no class of "${column.name}".`, {
      hint: `Its classes are ${shortList(known)}.`,
    }),
  )
}

/**
 * The weight of every class, by index. `balanced` gives each class the same sum of weights: rows / (classes · rows of the
 * class), over the classes that occur among `rows`, as scikit-learn does; so weights are 1 on average. Otherwise the
 * weights that are given, and 1 for classes without one. `undefined` when every row counts the same.
 */
export function classWeightsByIndex(
  setting: ClassWeights | undefined,
  column: ColumnSpec,
  rows: Uint32Array,
  classOf: (row: number) => number,
): Float32Array | undefined {
  if (setting === undefined || setting === 'none') return undefined
  const names = column.categories ?? []
  if (setting !== 'balanced') return Float32Array.from(names, (name) => setting[name] ?? 1)
  const counts = new Uint32Array(names.length)
  for (const row of rows) {
    const index = classOf(row)
    counts[index] = (counts[index] ?? 0) + 1
  }
  const present = counts.filter((count) => count > 0).length
  return Float32Array.from(counts, (count) => (count > 0 ? rows.length / (present * count) : 1))
}

function areTokens(targets: Targets): boolean {
  return [...targets.values()].flat().some(({ type }) => type === 'tokens')
}

function categoriesOf(targets: Targets): ColumnSpec[] {
  return [...targets.values()].flat().filter((column) => column.type === 'category')
}

function shortList(names: readonly string[]): string {
  const most = 8
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
