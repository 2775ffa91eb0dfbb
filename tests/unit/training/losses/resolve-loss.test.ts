import { describe, expect, it } from 'vitest'
import type { ModelPlan, PlannedLayer } from '../../../../src-core/compile/model-plan.ts'
import { defaultLossParameters } from '../../../../src-core/training/losses/loss-parameters.ts'
import type { TargetDescription } from '../../../../src-core/training/losses/output-loss.ts'
import { resolveLoss, resolveLosses } from '../../../../src-core/training/losses/resolve-loss.ts'

interface Head {
  readonly kind?: string
  readonly units?: number
  readonly activation?: string
  readonly shape?: readonly number[]
  readonly loss?: string
}

/** input → head → output, as the compiler would plan it. */
function planWith({
  kind = 'dense',
  units = 3,
  activation = 'softmax',
  shape,
  loss = 'auto',
}: Head): ModelPlan {
  const outputShape = shape ?? [units]
  const layer = (
    id: string,
    layerKind: string,
    parameters: Record<string, unknown>,
    source?: string,
  ): PlannedLayer => ({
    id,
    kind: layerKind,
    name: `${id} layer`,
    parameters,
    inputs: source ? [{ layerId: source, port: 'input', shape: outputShape }] : [],
    outputShape,
    weights: [],
    parameterCount: 0,
    trainableCount: 0,
    flops: 0,
    activationElements: 0,
    masked: false,
  })
  return {
    name: 'model',
    layers: [
      layer('in', 'input', {}),
      layer('head', kind, kind === 'dense' ? { units, activation } : {}, 'in'),
      layer('out', 'output', { loss, lossWeight: 1 }, 'head'),
    ],
    inputIds: ['in'],
    outputIds: ['out'],
    parameterCount: 0,
    trainableCount: 0,
    flops: 0,
    activationElements: 0,
  }
}

const category = (classes: number): TargetDescription => ({ kind: 'category', classes, name: 'species' })
const numbers = (width: number, minimum?: number, maximum?: number): TargetDescription => ({
  kind: 'number',
  width,
  name: 'price',
  ...(minimum !== undefined && { minimum }),
  ...(maximum !== undefined && { maximum }),
})

function resolve(head: Head, target: TargetDescription) {
  return resolveLoss(planWith(head), 'out', target)
}

describe('the automatic loss', () => {
  it.each<[string, Head, TargetDescription]>([
    ['sparseCategoricalCrossentropy', { activation: 'softmax' }, category(3)],
    ['sparseCategoricalCrossentropy', { activation: 'logSoftmax' }, category(3)],
    ['sparseCategoricalCrossentropy', { activation: 'linear' }, category(3)],
    ['sparseCategoricalCrossentropy', { units: 2 }, category(2)],
    ['binaryCrossentropy', { units: 1, activation: 'sigmoid' }, category(2)],
    ['binaryCrossentropy', { units: 1, activation: 'linear' }, category(2)],
    ['binaryCrossentropy', { units: 3, activation: 'sigmoid' }, category(3)],
    ['meanSquaredError', { units: 1, activation: 'linear' }, numbers(1)],
    ['meanSquaredError', { units: 1, activation: 'sigmoid' }, numbers(1)],
    ['binaryCrossentropy', { units: 1, activation: 'sigmoid' }, numbers(1, 0, 1)],
    ['categoricalCrossentropy', { units: 3, activation: 'softmax' }, numbers(3, 0, 1)],
    ['meanSquaredError', { shape: [1, 8, 8], units: 64, activation: 'linear' }, numbers(64)],
  ])('is %s for head %j and target %j', (expected, head, target) => {
    expect(resolve(head, target)).toBe(expected)
  })

  it('sees through layers that hand values on', () => {
    const plan = planWith({ units: 1, activation: 'sigmoid' })
    const [input, head, output] = plan.layers
    if (!input || !head || !output) throw new Error('the plan is incomplete')
    const dropout = { ...head, id: 'drop', kind: 'dropout', parameters: { rate: 0.5 } }
    const layers = [
      input,
      head,
      { ...dropout, inputs: [{ layerId: 'head', port: 'input', shape: [1] }] },
      { ...output, inputs: [{ layerId: 'drop', port: 'input', shape: [1] }] },
    ]
    expect(resolveLoss({ ...plan, layers }, 'out', category(2))).toBe('binaryCrossentropy')
  })
})

describe('a loss that does not fit', () => {
  it('says that a target has more classes than units, and offers the units', () => {
    expect(resolve({ units: 3 }, category(10))).toEqual({
      severity: 'error',
      code: 'data.tooManyClasses',
      message:
        'The target "species" has 10 classes, but layer "head layer" in front of output "out layer" has 3 units.',
      hint: 'Give "head layer" 10 units.',
      layerId: 'head',
      fix: {
        label: 'Give "head layer" 10 units',
        edits: [{ type: 'setParameters', layerId: 'head', parameters: { units: 10 } }],
      },
    })
  })

  it('makes a single unit many with softmax, for more than two classes', () => {
    expect(resolve({ units: 1, activation: 'sigmoid' }, category(3))).toMatchObject({
      code: 'data.tooManyClasses',
      fix: { edits: [{ parameters: { units: 3, activation: 'softmax' } }] },
    })
  })

  it.each<[string, Head, TargetDescription, Record<string, unknown> | undefined]>([
    ['data.unitsMismatch', { units: 5 }, category(3), { units: 3 }],
    ['data.unitsMismatch', { units: 4, activation: 'linear' }, numbers(1), { units: 1 }],
    ['loss.head', { activation: 'relu' }, category(3), { activation: 'softmax' }],
    [
      'loss.head',
      { activation: 'sigmoid', loss: 'sparseCategoricalCrossentropy' },
      category(3),
      { activation: 'softmax' },
    ],
    ['loss.head', { loss: 'binaryCrossentropy' }, category(3), { activation: 'sigmoid' }],
    [
      'loss.head',
      { units: 1, activation: 'sigmoid', loss: 'sparseCategoricalCrossentropy' },
      category(2),
      { loss: 'auto' },
    ],
    ['loss.head', { units: 1, activation: 'softmax' }, category(2), { activation: 'sigmoid' }],
    ['loss.head', { shape: [3, 4, 4], units: 48, kind: 'conv2d' }, category(3), undefined],
    [
      'loss.head',
      { units: 1, activation: 'tanh', loss: 'binaryCrossentropy' },
      numbers(1, 0, 1),
      { activation: 'sigmoid' },
    ],
    ['loss.target', { loss: 'meanSquaredError' }, category(3), { loss: 'auto' }],
    ['loss.target', { loss: 'sparseCategoricalCrossentropy' }, numbers(3), { loss: 'auto' }],
    ['loss.target', { units: 1, loss: 'categoricalCrossentropy' }, numbers(1), { loss: 'auto' }],
    [
      'loss.target',
      { units: 1, activation: 'sigmoid', loss: 'binaryCrossentropy' },
      numbers(1, -3, 7),
      { loss: 'auto' },
    ],
    ['loss.head', { loss: 'binaryFocalCrossentropy' }, category(3), { activation: 'sigmoid' }],
    [
      'loss.head',
      { activation: 'sigmoid', loss: 'categoricalFocalCrossentropy' },
      category(3),
      { activation: 'softmax' },
    ],
    ['loss.head', { activation: 'relu', loss: 'klDivergence' }, numbers(3, 0, 1), { activation: 'softmax' }],
    ['loss.head', { loss: 'hinge' }, category(3), { activation: 'linear' }],
    ['loss.head', { units: 1, activation: 'sigmoid', loss: 'hinge' }, numbers(1), { activation: 'linear' }],
    ['loss.head', { loss: 'categoricalHinge' }, category(3), { activation: 'linear' }],
    ['loss.head', { activation: 'relu', loss: 'dice' }, category(3), { activation: 'softmax' }],
    ['loss.head', { units: 1, loss: 'dice' }, category(2), { activation: 'sigmoid' }],
    ['loss.head', { units: 1, activation: 'tanh', loss: 'tversky' }, numbers(1), { activation: 'sigmoid' }],
    [
      'loss.head',
      { units: 1, activation: 'linear', loss: 'poisson' },
      numbers(1),
      { activation: 'softplus' },
    ],
    [
      'loss.head',
      { shape: [2, 2, 2], units: 8, kind: 'conv2d', loss: 'cosineSimilarity' },
      numbers(8),
      undefined,
    ],
    [
      'data.tooManyClasses',
      { units: 2, activation: 'linear', loss: 'squaredHinge' },
      category(4),
      { units: 4 },
    ],
    ['loss.head', { units: 1, loss: 'tripletSemiHard' }, category(3), undefined],
    [
      'loss.head',
      { shape: [2, 4], units: 8, kind: 'conv2d', loss: 'supervisedContrastive' },
      category(3),
      undefined,
    ],
    ['loss.target', { loss: 'supervisedContrastive' }, numbers(3), { loss: 'auto' }],
    ['loss.target', { loss: 'huber' }, category(3), { loss: 'auto' }],
    ['loss.target', { loss: 'cosineSimilarity' }, category(3), { loss: 'auto' }],
    [
      'loss.target',
      { units: 1, activation: 'linear', loss: 'cosineSimilarity' },
      numbers(1),
      { loss: 'auto' },
    ],
    ['loss.target', { units: 1, loss: 'klDivergence' }, numbers(1), { loss: 'auto' }],
    [
      'loss.target',
      { units: 1, activation: 'softplus', loss: 'poisson' },
      numbers(1, -2, 7),
      { loss: 'auto' },
    ],
    [
      'loss.target',
      { activation: 'linear', loss: 'meanSquaredLogarithmicError' },
      numbers(3, -2, 7),
      { loss: 'auto' },
    ],
    ['loss.target', { activation: 'linear', loss: 'hinge' }, numbers(3, 0, 5), { loss: 'auto' }],
    ['loss.target', { activation: 'sigmoid', loss: 'dice' }, numbers(3, 0, 255), { loss: 'auto' }],
  ])('is %s for head %j and target %j', (code, head, target, parameters) => {
    const found = resolve(head, target)
    expect(found).toMatchObject({ code, severity: 'error' })
    if (typeof found === 'string') return
    expect(found.message).toMatch(/^[A-Z].*\.$/)
    expect(found.hint).toBeTruthy()
    expect(found.fix?.edits[0]).toEqual(
      parameters && { type: 'setParameters', layerId: 'loss' in parameters ? 'out' : 'head', parameters },
    )
  })

  it('says from where on targets may lie when there is no upper bound', () => {
    expect(resolve({ units: 1, activation: 'softplus', loss: 'poisson' }, numbers(1, -2, 7))).toMatchObject({
      message: 'Poisson loss needs targets of at least 0, but "price" goes from -2 to 7.',
    })
  })

  it('names the head, what it ends in and what the loss needs', () => {
    expect(resolve({ activation: 'relu' }, category(3))).toMatchObject({
      message:
        'Sparse categorical cross-entropy needs a head that ends in softmax, but layer "head layer" ends in relu.',
      hint: 'Set the activation of "head layer" to softmax.',
    })
  })
})

describe('a loss that is asked for', () => {
  it.each<[NonNullable<Head['loss']>, Head, TargetDescription]>([
    ['binaryFocalCrossentropy', { units: 1, activation: 'sigmoid' }, category(2)],
    ['categoricalFocalCrossentropy', { activation: 'linear' }, category(3)],
    ['klDivergence', {}, numbers(3, 0, 1)],
    ['klDivergence', {}, category(3)],
    ['poisson', { units: 1, activation: 'softplus' }, numbers(1, 0, 80)],
    ['meanAbsolutePercentageError', { activation: 'linear' }, numbers(3, -9, 9)],
    ['meanSquaredLogarithmicError', { activation: 'relu' }, numbers(3, 0, 9)],
    ['huber', { shape: [1, 8, 8], units: 64, activation: 'linear' }, numbers(64)],
    ['logCosh', { activation: 'tanh' }, numbers(3)],
    ['cosineSimilarity', { activation: 'linear' }, numbers(3)],
    ['hinge', { units: 1, activation: 'linear' }, category(2)],
    ['squaredHinge', { activation: 'tanh' }, category(3)],
    ['categoricalHinge', { activation: 'linear' }, category(3)],
    ['dice', { units: 1, activation: 'sigmoid' }, category(2)],
    ['dice', {}, category(3)],
    ['tripletSemiHard', { units: 8, activation: 'linear' }, category(3)],
    ['supervisedContrastive', { units: 2, activation: 'tanh' }, category(30)],
    ['tversky', { kind: 'conv2d', shape: [1, 8, 8], units: 64 }, numbers(64, 0, 1)],
  ])('is %s for head %j and target %j', (loss, head, target) => {
    expect(resolve({ ...head, loss }, target)).toBe(loss)
  })
})

describe('resolveLosses', () => {
  it('takes the numbers of the formula from the output layer', () => {
    const plan = planWith({ loss: 'huber', activation: 'linear' })
    const layers = plan.layers.map((layer) =>
      layer.id === 'out'
        ? { ...layer, parameters: { ...layer.parameters, delta: 2.5, lossWeight: 3 } }
        : layer,
    )
    const resolved = resolveLosses({ ...plan, layers }, new Map([['out', numbers(3)]]))
    expect(resolved.ok && resolved.value.get('out')).toEqual({
      kind: 'huber',
      target: 'values',
      fromScores: true,
      weight: 3,
      parameters: { ...defaultLossParameters, delta: 2.5 },
    })
  })

  it('gives what the graph builders need, per output', () => {
    const resolved = resolveLosses(planWith({ activation: 'linear' }), new Map([['out', category(3)]]))
    expect(resolved).toEqual({
      ok: true,
      value: new Map([
        [
          'out',
          {
            kind: 'sparseCategoricalCrossentropy',
            target: 'classIndex',
            fromScores: true,
            weight: 1,
            parameters: defaultLossParameters,
          },
        ],
      ]),
    })
  })

  it('collects the problems', () => {
    const resolved = resolveLosses(planWith({ activation: 'relu' }), new Map([['out', category(3)]]))
    expect(resolved).toMatchObject({ ok: false, problems: [{ code: 'loss.head' }] })
  })
})
