import { locateProblem } from '../../src-core/compile/blocks/locate-problem.ts'
import { type CompiledModel, createCompiler } from '../../src-core/compile/compile-model.ts'
import { checkDataset } from '../../src-core/compile/dataset-binding.ts'
import { trainingFacts } from '../../src-core/compile/training-facts.ts'
import type { DatasetInfo } from '../../src-core/datasets/dataset-spec.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import type { Problem } from '../../src-core/problems.ts'
import { checkTraining } from '../../src-core/training/schedules/check-training.ts'
import { expandedPrefix, type Shown } from './block-scope.ts'
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
  shown: Shown = { drawing: document, entered: [] },
): CompileView {
  const compiled = compiler.compile(document)
  const all = [
    ...compiled.problems,
    ...dataProblems(document, compiled, datasets).map((each) => locateProblem(compiled.expansion, each)),
    ...trainingProblems(document, compiled, datasets),
  ]
  const path = shown.entered.map(({ layer }) => layer.id)
  const here = problemsAt(all, path)
  const problems = groupByLayer(here)
  const prefix = expandedPrefix(shown.entered)
  const layers = new Map(
    shown.drawing.layers.map(({ id }): [string, LayerView] => {
      const expandedId = prefix + id
      const layer = compiled.blocks.get(expandedId) ??
        compiled.layers.get(expandedId) ??
        compiled.ports.get(expandedId) ?? { inputShapes: [] }
      return [id, { ...layer, problems: problems.get(id) ?? [] }]
    }),
  )
  const errorCount = all.filter((problem) => problem.severity === 'error').length
  return {
    layers: keepUnchanged(layers, before.layers),
    problems: all,
    wires: problemsOfWires(shown.drawing.connections, here),
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

/** Problems of the layers that are shown inside of the blocks of a path, told of these layers. */
function problemsAt(problems: readonly Problem[], path: readonly string[]): readonly Problem[] {
  if (path.length === 0) return problems
  return problems.flatMap(({ layerId, inner = [], ...problem }): Problem[] => {
    const full = layerId === undefined ? [] : [layerId, ...inner]
    const [at, ...further] = full.slice(path.length)
    if (at === undefined || path.some((id, depth) => full[depth] !== id)) return []
    return [{ ...problem, layerId: at, ...(further.length > 0 && { inner: further }) }]
  })
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
