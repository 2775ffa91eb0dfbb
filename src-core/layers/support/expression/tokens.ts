/** A piece of a formula. `position` counts characters from 1. */
export interface Token {
  readonly type: 'number' | 'name' | 'sign' | 'end'
  readonly text: string
  readonly position: number
}

// Digits with at most one point and an exponent, a word, or any single sign.
const piece = /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-z_]\w*)|(\S))/iuy

/** Signs that people type or paste for those of the grammar. */
const alike: ReadonlyMap<string, string> = new Map([
  ['−', '-'],
  ['·', '*'],
  ['×', '*'],
  ['÷', '/'],
])

/** Cuts a formula into pieces; the last is the end. Signs that mean nothing are pieces, too: the parser refuses them. */
export function tokensOf(formula: string): Token[] {
  const tokens: Token[] = []
  piece.lastIndex = 0
  for (let match = piece.exec(formula); match; match = piece.exec(formula)) {
    const [, number, name, sign = ''] = match
    const text = number ?? name ?? alike.get(sign) ?? sign
    const type = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign'
    tokens.push({ type, text, position: piece.lastIndex - text.length + 1 })
  }
  return [...tokens, { type: 'end', text: '', position: formula.trimEnd().length + 1 }]
}
