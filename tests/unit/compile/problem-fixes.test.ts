import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { checkDataset } from '../../../src-core/compile/dataset-binding.ts'
import type { DatasetInfo } from '../../../src-core/datasets/dataset-spec.ts'
import { applyEdit } from '../../../src-core/document/edits.ts'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { type Fix, type Problem, problemCodes, problemFixes } from '../../../src-core/problems.ts'
import type { WrongDocument } from './wrong-document.ts'
import { wrongDocuments } from './wrong-documents.ts'

/** What the designer shows for a document. */
function problemsOf(document: ModelDocument, data: DatasetInfo | undefined): readonly Problem[] {
  const { plan, problems } = compileModel(document)
  if (!plan || !data) return problems
  const { normalization, classWeights } = document.training
  return [...problems, ...checkDataset(plan, document.dataset, data, normalization, classWeights)]
}

function problemOf({ document, data, code, title, refusal }: WrongDocument): Problem {
  const problems = refusal ? refusal(document) : problemsOf(document, data)
  const found = problems.find((problem) => problem.code === code)
  if (!found) {
    const codes = problems.map((problem) => `${problem.code}: ${problem.message}`)
    throw new Error(`${title} gives no ${code}, but ${codes.join(' | ') || 'nothing'}`)
  }
  return found
}

/** Problems that are mended by removing a layer or a wire. */
const takenOut: ReadonlySet<string> = new Set([
  'graph.cycle',
  'layer.unknownKind',
  'block.missing',
  'block.cycle',
])

const cases = Object.values(wrongDocuments).flat()
const fixCases = cases.flatMap((wrong): [string, string, WrongDocument, Fix][] =>
  problemFixes(problemOf(wrong)).map((fix) => [wrong.title, fix.label, wrong, fix]),
)

describe('a problem', () => {
  it.each(fixCases)('%s: "%s" mends it in one step of undo', (_title, _label, wrong, fix) => {
    const problem = problemOf(wrong)
    const applied = applyEdit(wrong.document, { type: 'group', label: fix.label, edits: fix.edits })
    const left = problemsOf(applied.document, wrong.data)
    const same = left.filter(
      ({ code, layerId }) => code === problem.code && (layerId === problem.layerId || layerId === undefined),
    )
    expect(same).toEqual([])
    expect(applyEdit(applied.document, applied.inverse).document).toEqual(wrong.document)
    // What is taken out of a way leaves a gap, and only people know what belongs there.
    if (takenOut.has(wrong.code)) return
    const before = new Set(problemsOf(wrong.document, wrong.data).map(({ code }) => code))
    const structural = left.filter(({ code }) => code.startsWith('graph.') && !before.has(code))
    expect(structural).toEqual([])
  })

  it('offers no fix twice', () => {
    for (const wrong of cases) {
      const labels = problemFixes(problemOf(wrong)).map(({ label }) => label)
      expect(new Set(labels).size).toBe(labels.length)
    }
  })

  it('of every kind that a drawing can have is in the table', () => {
    const families = ['graph.', 'layer.', 'shape.', 'mask.', 'block.', 'data.', 'loss.', 'metric.', 'recipe.']
    const covered = new Set<string>(cases.map(({ code }) => code))
    const missing = Object.keys(problemCodes)
      .filter((code) => families.some((family) => code.startsWith(family)))
      .filter((code) => !covered.has(code))
    // Only the rows themselves tell whether a part of the split is empty: the engine says it when training starts.
    expect(missing).toEqual(['data.tooFewRows'])
  })

  it('is described in docs/problems.md as it is shown', async () => {
    await expect(problemsPage()).toMatchFileSnapshot('../../../docs/problems.md')
  })
})

function problemsPage(): string {
  const sections = Object.entries(wrongDocuments).map(
    ([title, list]) => `## ${title}\n\n${list.map(describeProblem).join('\n')}`,
  )
  return `# Problems and how to mend them

What the designer says about drawings that cannot be trained, with the buttons it offers: on the layer's badge, in the
inspector and in the list of problems. Each button is one step of undo. A fix of shapes is tried with the layers' own rules
before it is offered, so a button that is there works. This page is written by a test from the problems themselves.

${sections.join('\n')}`
}

function describeProblem(wrong: WrongDocument): string {
  const problem = problemOf(wrong)
  const fixes = problemFixes(problem).map(({ label }) => `**${label}**`)
  return [
    `### ${wrong.title}\n`,
    `\`${problem.code}\`${problem.severity === 'warning' ? ' (a warning)' : ''}: ${problem.message}\n`,
    ...(problem.hint === undefined ? [] : [`${problem.hint}\n`]),
    ...(fixes.length === 0 ? [] : [`Offered: ${fixes.join(', ')}\n`]),
  ].join('\n')
}
