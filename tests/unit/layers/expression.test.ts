import { describe, expect, it } from 'vitest'
import { compileModel } from '../../../src-core/compile/compile-model.ts'
import { constantOf } from '../../../src-core/layers/support/expression/expression.ts'
import { parseExpression } from '../../../src-core/layers/support/expression/parse-expression.ts'
import { documentOf, type LayerLine } from '../../support/models.ts'
import { inferred, runLayer, shaped } from './run-layer.ts'

function formulaValue(formula: string): number {
  const parsed = parseExpression(formula)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return constantOf(parsed.value) ?? Number.NaN
}

function errorOf(formula: string) {
  const parsed = parseExpression(formula)
  if (parsed.ok) throw new Error(`${formula} was understood`)
  return parsed.error
}

describe('a formula', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['24 / 4 / 2', 3],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['(-2) ^ 2', 4],
    ['2 ^ -1', 0.5],
    ['2 ^ -1 ^ 2', 0.5],
    ['-2 * -3', 6],
    ['--3', 3],
    ['2 - -3', 5],
    ['6 / -2 + 1', -2],
    ['1.5e2 + .5 + 2.', 152.5],
    ['1E-1', 0.1],
    ['3 × 4 − 6 ÷ 2 · 2', 6],
    ['max(1, 5, 3) - min(4, 2)', 3],
    ['pow(2, 10)', 1024],
    ['abs(-3) + sqrt(16) + relu(-1) + relu(2)', 9],
    ['log(e) + exp(0) + cos(0) + sin(0) + tanh(0)', 3],
    ['cos(pi)', -1],
    ['sigmoid(0)', 0.5],
    [`${'('.repeat(90)}7${')'.repeat(90)}`, 7],
  ])('%s is %d', (formula, expected) => {
    expect(formulaValue(formula)).toBeCloseTo(expected, 12)
  })

  it.each([
    ['', 1, 'a value', 'the end'],
    ['  ', 1, 'a value', 'the end'],
    ['x +', 4, 'a value', 'the end'],
    ['x + * 2', 5, 'a value', '"*"'],
    ['2 x', 3, 'an operator or the end', '"x"'],
    ['2x', 2, 'an operator or the end', '"x"'],
    ['(x + 1', 7, 'an operator or ")"', 'the end'],
    ['x + 1)', 6, 'an operator or the end', '")"'],
    ['x ** 2', 4, 'a value', '"*"'],
    ['sin x', 5, '"(" after sin', '"x"'],
    ['sin(x, a)', 6, 'an operator or ")"', '","'],
    ['max(x)', 6, '"," and another value for max', '")"'],
    ['max(x, a', 9, 'an operator, "," or ")"', 'the end'],
    ['pow(x, 2, 3)', 9, 'an operator or ")"', '","'],
    ['+x', 1, 'a value', '"+"'],
    ['x; a', 2, 'an operator or the end', '";"'],
    ['1.2.3', 4, 'an operator or the end', '".3"'],
    ['😀', 1, 'a value', '"😀"'],
  ])('%j is refused at character %d: expected %s, got %s', (formula, position, expected, got) => {
    expect(errorOf(formula)).toEqual({ position, expected, got })
  })

  it.each(['y', 'constructor', 'toString', '__proto__', 'process', 'X'])(
    'knows nothing by the name of %s',
    (name) => {
      expect(errorOf(`1 + ${name}`)).toMatchObject({ position: 5, got: `"${name}"` })
      expect(errorOf(`1 + ${name}`).expected).toMatch(/^one of x, a, b, c, pi, e, abs, /)
    },
  )
})

describe('expression', () => {
  const list = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) })

  it('computes a formula of its inputs in the order of the wires', async () => {
    const { data } = await runLayer('expression', {
      inputs: [list(1, -2), list(10, 20), list(3, 4)],
      parameters: { formula: 'max(x, 0) * b - a / 10 + 2^3' },
      batchSize: 1,
    })
    expect([...data]).toEqual([10, 6])
  })

  it('has the common shape of what it reads', () => {
    const formula = 'x * a'
    expect(
      inferred(
        'expression',
        [
          [8, 5, 5],
          [8, 1, 1],
        ],
        { formula },
      ),
    ).toEqual([8, 5, 5])
    expect(inferred('expression', [[3], [7]], { formula: 'x' })).toEqual([3])
    expect(inferred('expression', [[3], [7]], { formula })).toMatchObject({ code: 'shape.mismatch' })
  })

  it('counts an operation for each operator and function', () => {
    expect(shaped('expression', [[10]], { formula: 'sin(x)^2 + 1' }).flops).toBe(30)
    expect(shaped('expression', [[10]]).flops).toBe(0)
  })

  function problemsOf(formula: string, wires = 1) {
    const inputs = ['first', 'second'].slice(0, wires)
    const lines: LayerLine[] = [
      ...inputs.map((name): LayerLine => [name, 'input', { shape: [3] }]),
      ['sum', 'expression', { formula }, ...inputs],
      ['output', 'output', {}, 'sum'],
    ]
    return compileModel(documentOf('formula', lines)).problems.filter(({ layerId }) => layerId === 'sum')
  }

  it.each([
    ['x +', 'sum expects a value at character 4 of its formula, but finds the end.'],
    ['x + a', 'sum expects an input for a, which its formula reads.'],
    ['1 + 2', 'sum expects a formula that reads x.'],
    ['x + 1/0', 'sum expects a formula whose numbers are finite.'],
    ['x * 10^39', 'sum expects a formula whose numbers are finite.'],
  ])('says of %s what is wrong', (formula, message) => {
    expect(problemsOf(formula)).toMatchObject([
      { code: 'layer.badParameter', message, parameter: 'formula', severity: 'error' },
    ])
  })

  it('warns of wires that its formula does not read', () => {
    expect(problemsOf('2 * x', 2)).toMatchObject([
      { severity: 'warning', message: 'sum gets 2 inputs, but its formula does not read a.' },
    ])
    expect(problemsOf('a * x', 2)).toEqual([])
  })
})
