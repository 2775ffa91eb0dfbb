import { assertNever } from '../../../assert-never.ts'

/** What a formula can read: the wires of the layer in their order. */
export const variableNames = ['x', 'a', 'b', 'c'] as const
export type VariableName = (typeof variableNames)[number]

/** The functions of a formula: their ONNX operators, how many values they take, and what they give for numbers. */
export const functions = {
  abs: { operator: 'Abs', fewest: 1, most: 1, compute: Math.abs },
  sqrt: { operator: 'Sqrt', fewest: 1, most: 1, compute: Math.sqrt },
  exp: { operator: 'Exp', fewest: 1, most: 1, compute: Math.exp },
  log: { operator: 'Log', fewest: 1, most: 1, compute: Math.log },
  sin: { operator: 'Sin', fewest: 1, most: 1, compute: Math.sin },
  cos: { operator: 'Cos', fewest: 1, most: 1, compute: Math.cos },
  tanh: { operator: 'Tanh', fewest: 1, most: 1, compute: Math.tanh },
  sigmoid: { operator: 'Sigmoid', fewest: 1, most: 1, compute: (x: number) => 1 / (1 + Math.exp(-x)) },
  relu: { operator: 'Relu', fewest: 1, most: 1, compute: (x: number) => Math.max(0, x) },
  min: { operator: 'Min', fewest: 2, most: 8, compute: Math.min },
  max: { operator: 'Max', fewest: 2, most: 8, compute: Math.max },
  pow: { operator: 'Pow', fewest: 2, most: 2, compute: Math.pow },
} as const
export type FunctionName = keyof typeof functions

export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
])

/** Infix operators: the higher the binding, the tighter. */
export const binaryOperators = {
  '+': { operator: 'Add', binding: 1, compute: (a: number, b: number) => a + b },
  '-': { operator: 'Sub', binding: 1, compute: (a: number, b: number) => a - b },
  '*': { operator: 'Mul', binding: 2, compute: (a: number, b: number) => a * b },
  '/': { operator: 'Div', binding: 2, compute: (a: number, b: number) => a / b },
  '^': { operator: 'Pow', binding: 4, compute: (a: number, b: number) => a ** b },
} as const
export type BinaryOperator = keyof typeof binaryOperators

/** A formula that was understood. */
export type Expression =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'variable'; readonly name: VariableName }
  | { readonly type: 'negate'; readonly operand: Expression }
  | {
      readonly type: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly type: 'call'; readonly name: FunctionName; readonly operands: readonly Expression[] }

/** What an expression is made of, one level down. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'number':
    case 'variable':
      return []
    case 'negate':
      return [expression.operand]
    case 'binary':
      return [expression.left, expression.right]
    case 'call':
      return expression.operands
    default:
      return assertNever(expression)
  }
}

/** The variables that an expression reads. */
export function variablesOf(expression: Expression): ReadonlySet<VariableName> {
  if (expression.type === 'variable') return new Set([expression.name])
  return new Set(partsOf(expression).flatMap((part) => [...variablesOf(part)]))
}

/** How many operators and functions an expression applies. */
export function operationCount(expression: Expression): number {
  const parts = partsOf(expression)
  return parts.reduce((count, part) => count + operationCount(part), parts.length > 0 ? 1 : 0)
}

/** The number that an expression without variables stands for, perhaps not a finite one; else `undefined`. */
export function constantOf(expression: Expression): number | undefined {
  const parts: number[] = []
  for (const part of partsOf(expression)) {
    const value = constantOf(part)
    if (value === undefined) return undefined
    parts.push(value)
  }
  const [first = 0, second = 0] = parts
  switch (expression.type) {
    case 'number':
      return expression.value
    case 'variable':
      return undefined
    case 'negate':
      return -first
    case 'binary':
      return binaryOperators[expression.operator].compute(first, second)
    case 'call': {
      const compute: (...values: number[]) => number = functions[expression.name].compute
      return compute(...parts)
    }
    default:
      return assertNever(expression)
  }
}
