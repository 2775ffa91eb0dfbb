import { describe, expect, it } from 'vitest'
import { differentiate } from '../../../src-core/autodiff/differentiate.ts'
import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../src-core/tensor-graph/types.ts'
import { interpret } from '../../support/reference-interpreter/interpret.ts'

function total(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.apply('ReduceSum', [value], { keepdims: 0 })
}

/** Evaluates the gradients of a scalar in float64. */
function evaluate(
  builder: GraphBuilder,
  gradients: readonly TensorValue[],
  feeds: Record<string, number[]>,
): number[][] {
  for (const [index, gradient] of gradients.entries()) builder.output(`g${index}`, gradient)
  const results = interpret(builder.build(), feeds)
  return gradients.map((_, index) => Array.from(results[`g${index}`]?.data ?? []))
}

function operatorsAdded(builder: GraphBuilder, run: () => void): string[] {
  const before = builder.nodes.length
  run()
  return builder.nodes.slice(before).map((node) => node.operator)
}

describe('differentiate', () => {
  it('returns gradients in the order of the request, in the tensors’ shapes', () => {
    const builder = new GraphBuilder('order')
    const [a, b] = [builder.input('a', 'float32', [2]), builder.input('b', 'float32', [1, 2])]
    const scalar = total(builder, builder.apply('Mul', [a, b]))
    const gradients = differentiate(builder, scalar, [b, a])
    expect(gradients.map((gradient) => gradient.shape)).toEqual([[1, 2], [2]])
    expect(evaluate(builder, gradients, { a: [1, 2], b: [3, 4] })).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it('gives zeros where no differentiable path leads to the scalar', () => {
    const builder = new GraphBuilder('unrelated')
    const [a, b] = [builder.input('a', 'float32', [2]), builder.input('b', 'float32', [5, 5])]
    const steps = builder.apply('Mul', [builder.apply('Floor', [b]), builder.scalar(2)])
    const scalar = builder.apply('Add', [total(builder, a), total(builder, steps)])
    const gradients = differentiate(builder, scalar, [a, b])
    expect(evaluate(builder, gradients, { a: [1, 2], b: new Array(25).fill(1) })).toEqual([
      [1, 1],
      new Array(25).fill(0),
    ])
  })

  it('sums the contributions of several uses', () => {
    const builder = new GraphBuilder('uses')
    const x = builder.input('x', 'float32', [2])
    const square = builder.apply('Mul', [x, x])
    const joint = builder.apply('Sum', [x, square, builder.apply('Exp', [x]), x])
    const [gradient] = evaluate(builder, differentiate(builder, total(builder, joint), [x]), { x: [0, 1] })
    expect(gradient?.[0]).toBeCloseTo(3, 12)
    expect(gradient?.[1]).toBeCloseTo(4 + Math.E, 12)
  })

  it('gives the gradient of an intermediate tensor and of what lies before it at once', () => {
    const builder = new GraphBuilder('intermediate')
    const x = builder.input('x', 'float32', [2])
    const doubled = builder.apply('Mul', [x, builder.scalar(2)])
    const scalar = total(builder, builder.apply('Mul', [doubled, doubled]))
    expect(evaluate(builder, differentiate(builder, scalar, [doubled, x]), { x: [1, 3] })).toEqual([
      [4, 12],
      [8, 24],
    ])
  })

  it('gives the gradient of a Relu’s result although MaxPool’s gradient usually goes past it', () => {
    const builder = new GraphBuilder('past a Relu')
    const x = builder.input('x', 'float32', [1, 1, 2, 2])
    const relu = builder.apply('Relu', [x])
    const pooled = builder.apply('MaxPool', [relu], { kernel_shape: [2, 2], strides: [2, 2] })
    const gradients = differentiate(builder, total(builder, pooled), [relu, x])
    expect(evaluate(builder, gradients, { x: [1, 3, -2, 2] })).toEqual([
      [0, 1, 0, 0],
      [0, 1, 0, 0],
    ])
  })

  it('gives 1 for the scalar itself', () => {
    const builder = new GraphBuilder('self')
    const x = builder.input('x', 'float32', [])
    expect(evaluate(builder, differentiate(builder, x, [x]), { x: [5] })).toEqual([[1]])
  })

  it('differentiates its own result again', () => {
    const builder = new GraphBuilder('second order')
    const x = builder.input('x', 'float32', [2])
    const cubes = total(builder, builder.apply('Pow', [x, builder.scalar(3)]))
    const [first] = differentiate(builder, cubes, [x])
    const second = first ? differentiate(builder, total(builder, first), [x]) : []
    expect(evaluate(builder, second, { x: [1, 2] })).toEqual([[6, 12]])
  })

  it('refuses what is no scalar', () => {
    const builder = new GraphBuilder('vector')
    const x = builder.input('x', 'float32', [2])
    expect(() => differentiate(builder, x, [x])).toThrow(
      'only a float32 scalar can be differentiated, got float32[2]',
    )
  })

  it('refuses a use of an operator that its rule does not cover', () => {
    const builder = new GraphBuilder('scatter')
    const [x, updates] = [builder.input('x', 'float32', [3]), builder.input('updates', 'float32', [1])]
    const places = builder.integers([1])
    const largest = builder.apply('ScatterElements', [x, places, updates], { reduction: 'max' })
    expect(() => differentiate(builder, total(builder, largest), [x])).toThrow(
      'reduction max has no gradient rule',
    )
  })
})

describe('Few nodes are emitted', () => {
  it('a dense layer costs one Gemm per requested gradient and one sum for the bias', () => {
    const builder = new GraphBuilder('dense')
    const x = builder.input('x', 'float32', [8, 4])
    const [w, b] = [builder.input('w', 'float32', [4, 3]), builder.input('b', 'float32', [3])]
    const y = builder.apply('Relu', [builder.apply('Gemm', [x, w, b])])
    const scalar = total(builder, builder.apply('Mul', [y, builder.input('t', 'float32', [8, 3])]))
    const added = operatorsAdded(builder, () => differentiate(builder, scalar, [w, b]))
    expect(added).toEqual(['HardSigmoid', 'Mul', 'ReduceSum', 'Gemm'])
  })

  it('a weight that is used at every step costs one Gemm for all steps together', () => {
    const builder = new GraphBuilder('steps')
    const w = builder.input('w', 'float32', [3, 3])
    const given = [0, 1, 2].map((step) => builder.input(`x${step}`, 'float32', [4, 3]))
    let state = builder.input('start', 'float32', [4, 3])
    for (const x of given) state = builder.apply('Tanh', [builder.apply('Gemm', [state, w, x])])
    const added = operatorsAdded(builder, () => differentiate(builder, total(builder, state), [w]))
    // Two Gemms lead back from step to step, one makes the weight's gradient.
    expect(added.filter((operator) => operator === 'Gemm')).toHaveLength(3)
    expect(added.filter((operator) => operator === 'Concat')).toHaveLength(2)
  })

  it('no gradient of the network’s input is computed', () => {
    const builder = new GraphBuilder('input')
    const x = builder.input('x', 'float32', [2, 1, 6, 6])
    const w = builder.input('w', 'float32', [3, 1, 3, 3])
    const scalar = total(builder, builder.apply('Conv', [x, w]))
    const added = operatorsAdded(builder, () => differentiate(builder, scalar, [w]))
    expect(added).not.toContain('ConvTranspose')
  })

  it('numbers are folded and ones dropped', () => {
    const builder = new GraphBuilder('numbers')
    const x = builder.input('x', 'float32', [4])
    const scaled = builder.apply('Mul', [builder.apply('Mul', [x, builder.scalar(4)]), builder.scalar(0.5)])
    const mean = builder.apply('Neg', [builder.apply('ReduceMean', [scaled], { keepdims: 0 })])
    const added = operatorsAdded(builder, () => differentiate(builder, mean, [x]))
    expect(added).toEqual(['Expand'])
  })
})

describe('Where maxima tie, the gradient is shared out and nothing is lost', () => {
  const cases: [string, (builder: GraphBuilder, x: TensorValue) => TensorValue][] = [
    [
      'MaxPool side by side',
      (builder, x) => builder.apply('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2] }),
    ],
    [
      'MaxPool overlapping',
      (builder, x) => builder.apply('MaxPool', [x], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
    ],
    ['GlobalMaxPool', (builder, x) => builder.apply('GlobalMaxPool', [x])],
    ['ReduceMax', (builder, x) => builder.apply('ReduceMax', [x, builder.integers([2])])],
    ['ReduceMin', (builder, x) => builder.apply('ReduceMin', [x, builder.integers([1, 3])])],
    ['Max', (builder, x) => builder.apply('Max', [x, x, builder.apply('Identity', [x])])],
    [
      'MaxPool behind Relu',
      (builder, x) =>
        builder.apply('MaxPool', [builder.apply('Relu', [x])], { kernel_shape: [2, 2], strides: [2, 2] }),
    ],
  ]

  it.each(cases)('%s', (_, apply) => {
    const builder = new GraphBuilder('ties')
    const x = builder.input('x', 'float32', [1, 2, 4, 4])
    const y = apply(builder, x)
    const [gradient = []] = evaluate(builder, differentiate(builder, total(builder, y), [x]), {
      x: new Array(32).fill(1),
    })
    const outputs = y.shape.reduce((count, size) => count * size, 1)
    expect(gradient.reduce((sum, each) => sum + each, 0)).toBeCloseTo(outputs, 6)
  })

  it('no gradient passes a Relu whose maxima are all zero', () => {
    const builder = new GraphBuilder('dead')
    const x = builder.input('x', 'float32', [1, 1, 2, 2])
    const y = builder.apply('MaxPool', [builder.apply('Relu', [x])], {
      kernel_shape: [2, 2],
      strides: [2, 2],
    })
    expect(evaluate(builder, differentiate(builder, total(builder, y), [x]), { x: [-1, -2, 0, -3] })).toEqual(
      [[0, 0, 0, 0]],
    )
  })
})
