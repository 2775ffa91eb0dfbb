import { createCompiler } from '../../src-core/compile/compile-model.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import type { Problem } from '../../src-core/problems.ts'
import { type CompileView, keepUnchanged, type LayerView, problemsOfWires } from './compile-view.ts'

// Remembers what it inferred, so that an edit costs only what it changes.
const compiler = createCompiler()

/** Compiles a document for the screen; what did not change since `before` stays the same object. */
export function compileDocument(document: ModelDocument, before: CompileView): CompileView {
  const compiled = compiler.compile(document)
  const problems = groupByLayer(compiled.problems)
  const layers = new Map(
    document.layers.map(({ id }): [string, LayerView] => {
      const layer = compiled.layers.get(id) ?? { inputShapes: [] }
      return [id, { ...layer, problems: problems.get(id) ?? [] }]
    }),
  )
  const errorCount = compiled.problems.filter((problem) => problem.severity === 'error').length
  return {
    layers: keepUnchanged(layers, before.layers),
    problems: compiled.problems,
    wires: problemsOfWires(document.connections, compiled.problems),
    errorCount,
    warningCount: compiled.problems.length - errorCount,
    plan: compiled.plan,
    compiled,
  }
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
