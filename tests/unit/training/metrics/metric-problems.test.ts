import { describe, expect, it } from 'vitest'
import type { TargetDescription } from '../../../../src-core/training/losses/output-loss.ts'
import { resolveLosses } from '../../../../src-core/training/losses/resolve-loss.ts'
import { documentOf, planOf } from '../../../support/models.ts'

const category = (classes: number): TargetDescription => ({ kind: 'category', classes, name: 'species' })
const numbers = (width: number, minimum?: number, maximum?: number): TargetDescription => ({
  kind: 'number',
  width,
  name: 'price',
  ...(minimum !== undefined && { minimum }),
  ...(maximum !== undefined && { maximum }),
})

interface Head {
  readonly units: number
  readonly activation: string
  readonly loss?: string
  readonly topK?: number
}

function resolve({ units, activation, ...output }: Head, target: TargetDescription, metrics: string[]) {
  const plan = planOf(
    documentOf('model', [
      ['input', 'input', { shape: [4] }],
      ['head', 'dense', { units, activation }],
      ['out', 'output', { ...output, metrics }],
    ]),
  )
  return resolveLosses(plan, new Map([['out', target]]))
}

describe('metrics that an output asks for', () => {
  it('reach the loss of the output', () => {
    const resolved = resolve({ units: 7, activation: 'softmax', topK: 3 }, category(7), [
      'f1',
      'topKAccuracy',
    ])
    expect(resolved.ok && resolved.value.get('out')).toMatchObject({
      metrics: ['f1', 'topKAccuracy'],
      topK: 3,
    })
  })

  it('bring the centre of the targets along where R² needs it', () => {
    const centres = [
      { mean: 5000, width: 1 },
      { mean: 3, width: 1 },
    ]
    const target: TargetDescription = { kind: 'number', width: 2, name: 'price', centres }
    const head = { units: 2, activation: 'linear' }
    const withR2 = resolve(head, target, ['r2'])
    expect(withR2.ok && withR2.value.get('out')?.targetCentres).toEqual(centres)
    const without = resolve(head, target, ['meanAbsoluteError'])
    expect(without.ok && without.value.get('out')).not.toHaveProperty('targetCentres')
  })

  it('are refused one by one where they do not fit, with a fix that leaves them out', () => {
    const resolved = resolve({ units: 7, activation: 'softmax' }, category(7), ['f1', 'r2', 'iou'])
    expect(resolved).toEqual({
      ok: false,
      problems: [
        {
          code: 'metric.unfit',
          severity: 'error',
          message: 'R² compares numbers, but the target "species" is a category.',
          hint: 'Leave R² out of the metrics of "out", or choose another loss.',
          layerId: 'out',
          parameter: 'metrics',
          fix: {
            label: 'Do not measure R²',
            edits: [{ type: 'setParameters', layerId: 'out', parameters: { metrics: ['f1', 'iou'] } }],
          },
        },
        expect.objectContaining({
          message:
            'IoU needs units that each answer yes or no, but "out" is trained with Sparse categorical cross-entropy.',
        }),
      ],
    })
  })

  it.each<[string, Head, TargetDescription, string]>([
    [
      'accuracy',
      { units: 1, activation: 'linear' },
      numbers(1),
      'Accuracy needs a loss that tells classes apart, but "out" is trained with Mean squared error.',
    ],
    [
      'binaryAccuracy',
      { units: 7, activation: 'softmax' },
      category(7),
      'Binary accuracy needs units that each answer yes or no, but "out" is trained with Sparse categorical cross-entropy.',
    ],
    [
      'categoricalAccuracy',
      { units: 1, activation: 'sigmoid' },
      category(2),
      'Categorical accuracy needs one unit per class, of which one is right, but "out" is trained with Binary cross-entropy.',
    ],
    [
      'sparseCategoricalAccuracy',
      { units: 3, activation: 'softmax' },
      numbers(3, 0, 1),
      'Sparse categorical accuracy needs a category as target, but the target "price" holds numbers.',
    ],
    [
      'topKAccuracy',
      { units: 3, activation: 'softmax' },
      category(3),
      'Top-k accuracy needs more classes than k, but k is 5 and "out" tells 3 classes apart.',
    ],
    [
      'auc',
      { units: 1, activation: 'linear', loss: 'hinge' },
      category(2),
      'AUC (ROC) needs probabilities, but "out" is trained with Hinge loss.',
    ],
    [
      'perplexity',
      { units: 3, activation: 'linear', loss: 'categoricalHinge' },
      category(3),
      'Perplexity needs probabilities, but "out" is trained with Categorical hinge loss.',
    ],
    [
      'cosineSimilarity',
      { units: 1, activation: 'linear' },
      numbers(1),
      'Cosine similarity compares at least 2 numbers, but the target "price" is one number.',
    ],
  ])('%s for head %j says what it needs', (metric, head, target, message) => {
    expect(resolve(head, target, [metric])).toMatchObject({
      ok: false,
      problems: [{ code: 'metric.unfit', message, layerId: 'out', parameter: 'metrics' }],
    })
  })
})
