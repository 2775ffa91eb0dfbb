import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { defineLayer, type ShapeRefusal } from './define-layer.ts'
import { text } from './parameter-fields.ts'
import {
  constantOf,
  type Expression,
  operationCount,
  partsOf,
  type VariableName,
  variableNames,
  variablesOf,
} from './support/expression/expression.ts'
import { lowerExpression } from './support/expression/lower-expression.ts'
import { type ExpressionError, parseExpression } from './support/expression/parse-expression.ts'
import { inferMerge } from './support/merge.ts'
import { singleOutput } from './support/ports.ts'

export const expressionLayer = defineLayer({
  kind: 'expression',
  label: 'Expression',
  category: 'Mathematics',
  description:
    'Computes a formula of its inputs, value by value: x is the first wire, a, b and c are the next. Roots and logarithms of negative numbers are not defined; max(x, 0.001) keeps away from them.',
  formula: 'y = formula(x, a, b, c)',
  reference:
    'Keras 3: keras.layers.Lambda, without code: + − * / ^, abs, sqrt, exp, log, sin, cos, tanh, sigmoid, relu, min, max, pow, pi, e',
  inputs: [{ name: 'inputs', label: 'Inputs', many: true, minimum: 1, maximum: 4 }],
  outputs: singleOutput,
  parameters: {
    formula: text({
      label: 'Formula',
      essential: true,
      description: 'For example x^2 + 1, x * sigmoid(1.7 * x) or max(x, a) − b.',
      default: 'x',
      examples: [
        'x^2 + 1',
        '-x * sigmoid(1.7 * x) / (2 - 1e-1)',
        'max(x, a, b / 2) - abs(a)',
        'sin(pi * x) + cos(a) * tanh(b) - exp(-x^2)',
        'sqrt(x^2 + a^2) + log(1 + b^2)',
        'pow(relu(x) + 1, 1.5) - min(x, 0.3)',
      ],
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const parsed = parseExpression(parameters.formula)
    if (!parsed.ok) return notUnderstood(parsed.error)
    return meaningless(parsed.value, inputs.length) ?? inferMerge(usedShapes(parsed.value, inputs))
  },
  maskRule: () => 'passes',
  weights: () => [],
  advise: ({ inputs, parameters }) => {
    const used = variablesOf(understood(parameters.formula))
    const unused = variableNames.slice(0, inputs.length).filter((name) => !used.has(name))
    if (unused.length === 0) return undefined
    return {
      code: 'layer.badParameter',
      message: `gets ${inputs.length} inputs, but its formula does not read ${unused.join(', ')}`,
      hint: 'Use all of them in the formula, or take the wires away. They are x, a, b and c in their order.',
    }
  },
  flops: ({ output, parameters }) => operationCount(understood(parameters.formula)) * elementCount(output),
  activationElements: ({ output, parameters }) =>
    operationCount(understood(parameters.formula)) * elementCount(output),
  lower: ({ builder, inputs, parameters }) =>
    lowerExpression(builder, understood(parameters.formula), (name) => {
      const input = inputs[variableNames.indexOf(name)]
      if (!input) throw new Error(`the formula reads ${name}, which has no wire`)
      return input
    }),
})

/** The formula of a layer whose shape was inferred. */
function understood(formula: string): Expression {
  const parsed = parseExpression(formula)
  if (!parsed.ok) throw new Error(`the formula ${formula} is wrong`)
  return parsed.value
}

function usedShapes(expression: Expression, inputs: readonly Shape[]): readonly Shape[] {
  const used = variablesOf(expression)
  return inputs.filter((_, index) => variableNames[index] && used.has(variableNames[index]))
}

function refusal(expected: string, hint: string): ShapeRefusal {
  return { code: 'layer.badParameter', expected, hint, parameter: 'formula', ownFault: true }
}

function notUnderstood({ position, expected, got }: ExpressionError): ShapeRefusal {
  return refusal(
    `expects ${expected} at character ${position} of its formula, but finds ${got}`,
    'Write formulas like x^2 + 1 or x * sigmoid(1.7 * x), with a * between factors.',
  )
}

/** Refuses formulas that read no wire, or one that is not there, or divide by zero. */
function meaningless(expression: Expression, wires: number): ShapeRefusal | undefined {
  const used = variablesOf(expression)
  const missing = variableNames.slice(wires).find((name: VariableName) => used.has(name))
  if (missing) {
    return refusal(
      `expects an input for ${missing}, which its formula reads`,
      `It has ${wires} ${wires === 1 ? 'wire' : 'wires'}; the wires are x, a, b and c in their order.`,
    )
  }
  if (used.size === 0)
    return refusal('expects a formula that reads x', 'Without x the result is a mere number.')
  if (hasInfiniteConstant(expression)) {
    return refusal(
      'expects a formula whose numbers are finite',
      'A part of it without x, such as 1/0 or log(-1), is no number.',
    )
  }
  return undefined
}

function hasInfiniteConstant(expression: Expression): boolean {
  const constant = constantOf(expression)
  if (constant !== undefined) return !Number.isFinite(Math.fround(constant))
  return partsOf(expression).some(hasInfiniteConstant)
}
