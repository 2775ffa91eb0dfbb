/** More ways to divide a sentence among the places of a template than any that is meant has. */
const mostMatches = 200

/** What is said for a value: by the kind that the translation gives its place, or `quoted`; undefined where it does not fit. */
export type FillPlace = (value: string, kind: string) => string | undefined

/** An English template with places `{0}`, and its translation. */
export class TemplateMatcher {
  /** The text between the places: one more than there are places. */
  readonly #literals: readonly string[]
  readonly #places: readonly string[]
  readonly #quoted: readonly boolean[]
  /** The translation: its beginning, then each place with the text behind it. */
  readonly #beginning: string
  readonly #steps: readonly { readonly place: string; readonly kind: string; readonly literal: string }[]
  /** The same places, those first that not every value fits. */
  readonly #strictFirst: readonly { readonly place: string; readonly kind: string }[]
  readonly literalLength: number
  /** Whether its own words tell it from other templates; without them, `{0} {1}.`, its places have to. */
  readonly isTelling: boolean
  /** What every text of this template begins with; empty where that is a place. */
  readonly start: string

  constructor(template: string, translation: string) {
    const pieces = template.split(/\{(\d+)\}/)
    this.#literals = pieces.filter((_, index) => index % 2 === 0)
    this.#places = pieces.filter((_, index) => index % 2 === 1)
    this.#quoted = this.#places.map(
      (_, index) =>
        /["“]$/.test(this.#literals[index] ?? '') && /^["”]/.test(this.#literals[index + 1] ?? ''),
    )
    const [beginning = '', ...steps] = translation.split(/\{(\d+(?::\w+)?)\}/)
    this.#beginning = beginning
    this.#steps = steps.flatMap((step, index) => {
      const [place = '', kind = ''] = step.split(':')
      return index % 2 === 0 ? [{ place, kind, literal: steps[index + 1] ?? '' }] : []
    })
    const isStrict = ({ kind }: { readonly kind: string }) => Number(/^(phrase|value|one|name)$/.test(kind))
    this.#strictFirst = this.#steps.toSorted((one, other) => isStrict(other) - isStrict(one))
    this.start = this.#literals[0] ?? ''
    this.isTelling = this.#literals.join('').replaceAll(/\P{Letter}/gu, '').length > 3
    this.literalLength = this.#literals.join('').length
  }

  /** The values of the places in every way that the text can be divided among them, the shortest first values first. */
  *matches(text: string): Generator<readonly string[]> {
    const [first = '', ...rest] = this.#literals
    const last = rest.at(-1) ?? ''
    if (text.length < this.literalLength + this.#places.length) return
    if (!text.startsWith(first) || !text.endsWith(last)) return
    let count = 0
    for (const values of divide(text.slice(first.length, text.length - last.length), rest.slice(0, -1))) {
      yield values
      count += 1
      if (count === mostMatches) return
    }
  }

  /** The translation with these values; undefined where one of them does not fit its place. */
  say(values: readonly string[], fill: FillPlace): string | undefined {
    const filled = new Map<string, string>()
    for (const { place, kind } of this.#strictFirst) {
      const at = this.#places.indexOf(place)
      const value = fill(values[at] ?? '', kind === '' && this.#quoted[at] ? 'quoted' : kind)
      if (value === undefined) return undefined
      filled.set(place, value)
    }
    return this.#steps.reduce(
      (said, { place, literal }) => joined(joined(said, filled.get(place) ?? ''), literal),
      this.#beginning,
    )
  }
}

/** Every way to cut a text at these separators, in their order, into parts that are not empty. */
function* divide(text: string, separators: readonly string[]): Generator<readonly string[]> {
  const [separator, ...rest] = separators
  if (separator === undefined) {
    if (text !== '') yield [text]
    return
  }
  for (let at = text.indexOf(separator, 1); at > 0; at = text.indexOf(separator, at + 1)) {
    for (const values of divide(text.slice(at + separator.length), rest)) yield [text.slice(0, at), ...values]
  }
}

/** Puts two texts together; between Chinese and Latin letters or digits stands a space, between Chinese none. */
export function joined(left: string, right: string): string {
  const isChineseLeft = /[\p{Script=Han}、，。：；（）“”] ?$/u.test(left)
  const isChineseRight = /^ ?[\p{Script=Han}、，。：；（）“”]/u.test(right)
  if (isChineseLeft && isChineseRight) return left.trimEnd() + right.trimStart()
  const isMixed =
    (/\p{Script=Han}$/u.test(left) && /^[\p{Script=Latin}\d]/u.test(right)) ||
    (/^\p{Script=Han}/u.test(right) && /[\p{Script=Latin}\d]$/u.test(left))
  return isMixed ? `${left} ${right}` : left + right
}
