import {
  type BinaryOperator,
  binaryOperators,
  constants,
  type Expression,
  type FunctionName,
  functions,
  type VariableName,
  variableNames,
} from './expression.ts'
import { type Token, tokensOf } from './tokens.ts'

/** Where a formula stops making sense. */
export interface ExpressionError {
  /** The character, counted from 1. */
  readonly position: number
  /** E.g. "a value". */
  readonly expected: string
  /** E.g. "the end". */
  readonly got: string
}

export type ParsedExpression =
  | { readonly ok: true; readonly value: Expression }
  | { readonly ok: false; readonly error: ExpressionError }

/** Binds a minus before a value: −x² is −(x²), −x · y is (−x) · y. */
const negationBinding = 3

/**
 * Reads a formula of x, a, b and c: numbers, pi and e, + - * / ^ (to the right: 2^3^2 is 2^9), parentheses, unary minus
 * and the functions of {@link functions}. The text is data: nothing of it is ever run.
 */
export function parseExpression(formula: string): ParsedExpression {
  return new Parser(tokensOf(formula)).parse()
}

/** A Pratt parser: an operator takes what stands left of it when it binds tighter than what asks. */
class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #error: ExpressionError | undefined

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  parse(): ParsedExpression {
    const value = this.#expression(0)
    if (value && this.#peek().type !== 'end') this.#fail('an operator or the end')
    if (value && !this.#error) return { ok: true, value }
    return { ok: false, error: this.#error ?? { position: 1, expected: 'a formula', got: 'nothing' } }
  }

  /** An expression whose operators bind tighter than `binding`; `undefined` after the first mistake. */
  #expression(binding: number): Expression | undefined {
    let left = this.#prefix()
    while (left) {
      const operator = this.#infix()
      if (!operator || binaryOperators[operator].binding <= binding) return left
      this.#take()
      // ^ groups to the right: it lets another ^ take what follows.
      const right = this.#expression(binaryOperators[operator].binding - (operator === '^' ? 1 : 0))
      left = right && { type: 'binary', operator, left, right }
    }
    return undefined
  }

  #prefix(): Expression | undefined {
    const token = this.#peek()
    if (token.type === 'number') return { type: 'number', value: Number(this.#take().text) }
    if (token.type === 'name') return this.#named()
    if (this.#accept('-')) {
      const operand = this.#expression(negationBinding)
      return operand && { type: 'negate', operand }
    }
    if (!this.#accept('(')) return this.#fail('a value')
    const inner = this.#expression(0)
    if (!inner) return undefined
    return this.#accept(')') ? inner : this.#fail('an operator or ")"')
  }

  #named(): Expression | undefined {
    const { text } = this.#peek()
    const constant = constants.get(text)
    if (isVariable(text) || constant !== undefined || isFunction(text)) this.#take()
    if (isVariable(text)) return { type: 'variable', name: text }
    if (constant !== undefined) return { type: 'number', value: constant }
    if (isFunction(text)) return this.#call(text)
    return this.#fail(
      `one of ${[...variableNames, ...constants.keys(), ...Object.keys(functions)].join(', ')}`,
    )
  }

  #call(name: FunctionName): Expression | undefined {
    const { fewest, most } = functions[name]
    if (!this.#accept('(')) return this.#fail(`"(" after ${name}`)
    const operands: Expression[] = []
    do {
      const operand = this.#expression(0)
      if (!operand) return undefined
      operands.push(operand)
    } while (operands.length < most && this.#accept(','))
    if (operands.length < fewest) return this.#fail(`"," and another value for ${name}`)
    if (this.#accept(')')) return { type: 'call', name, operands }
    return this.#fail(operands.length === most ? 'an operator or ")"' : 'an operator, "," or ")"')
  }

  #infix(): BinaryOperator | undefined {
    const { type, text } = this.#peek()
    return type === 'sign' && isBinary(text) ? text : undefined
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { type: 'end', text: '', position: 1 }
  }

  #take(): Token {
    const token = this.#peek()
    this.#next += 1
    return token
  }

  #accept(sign: string): boolean {
    const { type, text } = this.#peek()
    if (type !== 'sign' || text !== sign) return false
    this.#next += 1
    return true
  }

  #fail(expected: string): undefined {
    const { type, text, position } = this.#peek()
    this.#error ??= { position, expected, got: type === 'end' ? 'the end' : `"${text}"` }
  }
}

function isVariable(text: string): text is VariableName {
  return variableNames.some((name) => name === text)
}

function isFunction(text: string): text is FunctionName {
  return Object.hasOwn(functions, text)
}

function isBinary(text: string): text is BinaryOperator {
  return Object.hasOwn(binaryOperators, text)
}
