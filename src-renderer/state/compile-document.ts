import { type CompiledModel, createCompiler } from '../../src-core/compile/compile-model.ts'
import { checkDataset } from '../../src-core/compile/dataset-binding.ts'
import { trainingFacts } from '../../src-core/compile/training-facts.ts'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import type { Problem } from '../../src-core/problems.ts'
import { checkTraining } from '../../src-core/training/schedules/check-training.ts'
import { type CompileView, keepUnchanged, type LayerView, problemsOfWires } from './compile-view.ts'

// Remembers what it inferred, so that an edit costs only what it changes.
const compiler = createCompiler()

/**
 * Compiles a document for the screen, against its dataset once the workspace's `datasets` are known; what did not
 * change since `before` stays the same object.
 */
export function compileDocument(
  document: ModelDocument,
  datasets: readonly DatasetInfo[] | null,
  before: CompileView,
): CompileView {
  const compiled = compiler.compile(document)
  const all = [
    ...compiled.problems,
    ...dataProblems(document, compiled, datasets),
    ...trainingProblems(document, compiled, datasets),
  ]
  const problems = groupByLayer(all)
  const layers = new Map(
    document.layers.map(({ id }): [string, LayerView] => {
      const layer = compiled.layers.get(id) ?? { inputShapes: [] }
      return [id, { ...layer, problems: problems.get(id) ?? [] }]
    }),
  )
  const errorCount = all.filter((problem) => problem.severity === 'error').length
  return {
    layers: keepUnchanged(layers, before.layers),
    problems: all,
    wires: problemsOfWires(document.connections, all),
    errorCount,
    warningCount: all.length - errorCount,
    plan: compiled.plan,
    compiled,
  }
}

/** Not choosing data is no mistake while one draws; the training panel asks for it. */
function dataProblems(
  document: ModelDocument,
  compiled: CompiledModel,
  datasets: readonly DatasetInfo[] | null,
): readonly Problem[] {
  if (!compiled.plan || !document.dataset || !datasets) return []
  const { name } = document.dataset
  const dataset = datasets.find((candidate) => candidate.name === name)
  const { normalization, classWeights } = document.training
  return checkDataset(compiled.plan, document.dataset, dataset, normalization, classWeights)
}

/** Settings that make no sense together, as far as the model and its data are known. */
function trainingProblems(
  { dataset: binding, training }: ModelDocument,
  { plan }: CompiledModel,
  datasets: readonly DatasetInfo[] | null,
): readonly Problem[] {
  const dataset = datasets?.find(({ name }) => name === binding?.name)
  return checkTraining(training, trainingFacts(plan, binding, dataset, training))
}

function groupByLayer(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    if (problem.layerId === undefined) continue
    const group = groups.get(problem.layerId)
    if (group) group.push(problem)
    else groups.set(problem.layerId, [problem])
  }
  return groups
}
