import { assertNever } from '../../../assert-never.ts'
import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../tensor-graph/types.ts'
import {
  binaryOperators,
  constantOf,
  type Expression,
  functions,
  partsOf,
  type VariableName,
} from './expression.ts'

/** Adds the operators of an expression. What holds no variable becomes a single number. */
export function lowerExpression(
  builder: GraphBuilder,
  expression: Expression,
  variable: (name: VariableName) => TensorValue,
): TensorValue {
  const constant = constantOf(expression)
  if (constant !== undefined) return builder.scalar(constant)
  if (expression.type === 'variable') return variable(expression.name)
  const parts = partsOf(expression).map((part) => lowerExpression(builder, part, variable))
  return builder.apply(operatorOf(expression), parts)
}

function operatorOf(expression: Expression): string {
  switch (expression.type) {
    case 'number':
    case 'variable':
      throw new Error(`a ${expression.type} is no operator`)
    case 'negate':
      return 'Neg'
    case 'binary':
      return binaryOperators[expression.operator].operator
    case 'call':
      return functions[expression.name].operator
    default:
      return assertNever(expression)
  }
}
