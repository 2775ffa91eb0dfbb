import { currentLanguage } from './t.ts'
import { chineseSentences } from './zh-CN/index.ts'

/**
 * A sentence of a Problem, of a fix or of a run's log in the language of the window. The core and main speak English:
 * their sentences are tested, printed by the command line and stored with runs. For a person who reads another language
 * a sentence is recognised by its template, `{0}` standing for what was filled in, and said with the template of that
 * language; what was filled in is translated too where it is a phrase with a template of its own. So stored problems of
 * old runs are translated as well. A sentence that no template fits stays English.
 */
export function sentence(english: string): string {
  return currentLanguage() === 'en' ? english : translator.translate(english)
}

interface Pattern {
  readonly expression: RegExp
  /** The text between the places. */
  readonly literals: number
  /** Which place each group of the expression is. */
  readonly places: readonly string[]
  readonly translation: string
}

/** Finds the template of a sentence and says it in another language. */
export class SentenceTranslator {
  readonly #fixed = new Map<string, string>()
  readonly #patterns: readonly Pattern[]
  readonly #known = new Map<string, string>()

  /** @param templates English templates and their translations */
  constructor(templates: Readonly<Record<string, string>>) {
    const patterns: Pattern[] = []
    for (const [template, translation] of Object.entries(templates)) {
      if (/\{\d+\}/.test(template)) patterns.push(pattern(template, translation))
      else this.#fixed.set(template, translation)
    }
    // Of several that fit, the one that says most by itself.
    this.#patterns = patterns.sort((one, other) => other.literals - one.literals)
  }

  /** The sentence in the other language, or as it is. */
  translate(english: string): string {
    return this.find(english) ?? english
  }

  /** The sentence in the other language; undefined where no template fits. */
  find(english: string): string | undefined {
    const known = this.#known.get(english)
    if (known !== undefined) return known
    const found = this.#fixed.get(english) ?? this.#matching(english) ?? this.#severalSentences(english)
    if (found !== undefined) this.#remember(english, found)
    return found
  }

  #matching(english: string): string | undefined {
    for (const { expression, places, translation } of this.#patterns) {
      const match = expression.exec(english)
      if (match === null) continue
      const values = new Map(places.map((place, index) => [place, this.translate(match[index + 1] ?? '')]))
      return translation.replaceAll(/\{(\d+)\}/g, (_, place: string) => values.get(place) ?? '')
    }
    return undefined
  }

  /** Several sentences in a row, each with its own template; all of them have to have one. */
  #severalSentences(english: string): string | undefined {
    const parts = english.split(/(?<=[.!?:]) (?=[A-Z"“])/)
    if (parts.length < 2) return undefined
    const translated = parts.map((part) => this.find(part))
    return translated.every((part) => part !== undefined) ? translated.join('') : undefined
  }

  #remember(english: string, found: string): void {
    // Live runs fill in numbers without end.
    if (this.#known.size > 5000) this.#known.clear()
    this.#known.set(english, found)
  }
}

function pattern(template: string, translation: string): Pattern {
  const pieces = template.split(/\{(\d+)\}/)
  const literals = pieces.filter((_, index) => index % 2 === 0)
  const places = pieces.filter((_, index) => index % 2 === 1)
  const source = literals.map((literal) => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+?)')
  return {
    expression: new RegExp(`^${source}$`, 's'),
    literals: literals.join('').length,
    places,
    translation,
  }
}

const translator = new SentenceTranslator(chineseSentences)
