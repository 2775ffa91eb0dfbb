import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../../src-core/document/edits.ts'
import type { Problem } from '../../../../src-core/problems.ts'
import type { TargetDescription } from '../../../../src-core/training/losses/output-loss.ts'
import { resolveLosses } from '../../../../src-core/training/losses/resolve-loss.ts'
import { documentOf, planOf } from '../../../support/models.ts'

interface Head {
  readonly units?: number
  readonly activation?: string
  readonly steps?: number | undefined
  readonly metrics?: readonly string[]
}

const labels = (width: number, maximum = 4, minimum = 0): TargetDescription => ({
  kind: 'number',
  width,
  name: 'label 1, label 2',
  minimum,
  maximum,
})
const category: TargetDescription = { kind: 'category', classes: 4, name: 'species' }

function documentFor({ units = 5, activation = 'softmax', steps = 8, metrics = [] }: Head) {
  return documentOf('model', [
    ['input', 'input', { shape: steps === 0 ? [3] : [steps, 3] }],
    ['head', 'dense', { units, activation }],
    ['output', 'output', { loss: 'ctc', metrics: [...metrics] }],
  ])
}

function resolve(head: Head, target: TargetDescription) {
  return resolveLosses(planOf(documentFor(head)), new Map([['output', target]]))
}

function problemOf(head: Head, target: TargetDescription): Problem {
  const resolved = resolve(head, target)
  const [problem, ...others] = resolved.ok ? [] : resolved.problems
  if (!problem || others.length > 0) throw new Error('there is not exactly one problem')
  return problem
}

describe('connectionist temporal classification', () => {
  it.each(['softmax', 'logSoftmax', 'linear'])('takes lists of labels behind %s', (activation) => {
    const resolved = resolve({ activation }, labels(3))
    expect(resolved.ok && resolved.value.get('output')).toMatchObject({
      kind: 'ctc',
      target: 'labels',
      labels: 3,
      fromScores: activation === 'linear',
    })
    expect(resolved.ok && resolved.value.get('output')?.steps).toBeUndefined()
  })

  it.each<[string, Head, TargetDescription, string, RegExp, string]>([
    ['a category', {}, category, 'loss.target', /list of labels.*"species" is a category with 4/, 'output'],
    [
      'tokens',
      {},
      { ...category, steps: 8 },
      'loss.target',
      /"species" is a sequence of tokens, one at each of 8 steps/,
      'output',
    ],
    [
      'no steps',
      { steps: 0 },
      labels(3),
      'loss.head',
      /shape steps × classes.*shape 5 from layer "head"/,
      'head',
    ],
    ['one class', { units: 1 }, labels(3, 0), 'loss.head', /at least 2 classes.*shape 8 × 1/, 'head'],
    ['a sigmoid', { activation: 'sigmoid' }, labels(3), 'loss.head', /ends in sigmoid/, 'head'],
    ['negative labels', {}, labels(3, 4, -1), 'loss.target', /from 1 on.*goes down to -1/, 'output'],
    ['too many classes', {}, labels(3, 5), 'data.tooManyClasses', /up to 5.*tells 5 classes apart/, 'head'],
    ['too many labels', { steps: 2 }, labels(3), 'loss.target', /has 3 labels.*gives 2 steps/, 'output'],
  ])('refuses %s', (_, head, target, code, message, layerId) => {
    const problem = problemOf(head, target)
    expect(problem).toMatchObject({ code, layerId, severity: 'error' })
    expect(problem.message).toMatch(message)
    expect(problem.hint).toBeTruthy()
  })

  it.each<[string, Head, TargetDescription]>([
    ['a sigmoid', { activation: 'sigmoid' }, labels(3)],
    ['too many classes', {}, labels(3, 9)],
    ['a category', {}, category],
  ])('offers what mends %s', (_, head, target) => {
    const { fix } = problemOf(head, target)
    const document = documentFor(head)
    const mended = applyEdit(document, { type: 'group', label: '', edits: fix?.edits ?? [] }).document
    const resolved = resolveLosses(planOf(mended), new Map([['output', target]]))
    // What the last one mends is the loss; that the head has steps is another matter.
    const codes = resolved.ok ? [] : resolved.problems.map(({ message }) => message)
    expect(codes.filter((message) => message.includes('temporal'))).toEqual([])
    expect(fix?.edits).toHaveLength(1)
  })

  it('comes with sequence accuracy, and has the label error rate on demand', () => {
    const resolved = resolve({ metrics: ['sequenceAccuracy', 'labelErrorRate'] }, labels(3))
    expect(resolved.ok).toBe(true)
  })

  it.each([
    ['accuracy', /Accuracy compares value by value/],
    ['meanAbsoluteError', /Mean absolute error compares value by value/],
  ])('has no %s', (metric, message) => {
    const problem = problemOf({ metrics: [metric] }, labels(3))
    expect(problem.code).toBe('metric.unfit')
    expect(problem.message).toMatch(message)
  })

  it('is needed for the label error rate', () => {
    const document = documentOf('model', [
      ['input', 'input', { shape: [3] }],
      ['head', 'dense', { units: 4, activation: 'softmax' }],
      ['output', 'output', { metrics: ['labelErrorRate'] }],
    ])
    const resolved = resolveLosses(planOf(document), new Map([['output', category]]))
    expect(resolved.ok ? '' : resolved.problems[0]?.message).toMatch(
      /Label error rate needs a loss of labels/,
    )
  })
})
