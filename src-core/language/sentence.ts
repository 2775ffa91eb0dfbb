import { type FillPlace, joined, TemplateMatcher } from './sentence-template.ts'
import { currentLanguage } from './t.ts'
import { chinese, chineseSentences } from './zh-CN/index.ts'

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

/** Live runs fill in numbers without end. */
const mostRemembered = 5000

/** A number, numbers like `3 × 32 × 32`, or JSON; long JSON is cut off. */
const plainValue =
  /^(?:[-−]?\d[\d.,]*(?<!\.)(?:e[-+]?\d+)?(?: × \d+)*|".*"|".*…|[[{].*[\]}…]|true|false|null)$/s

/** Where a sentence may end and another one begin. */
const boundary = /[.!?] /

/** A translation; loose where a place holds a sentence that is none of ours, as the message of an error may be. */
interface Recognised {
  readonly strict?: string | undefined
  readonly loose?: string | undefined
}

/**
 * Finds the template of a sentence and says it in another language. A place of a translation says how it is filled:
 * `{0}` with a phrase that has a template, a list of such or of names, or with what was there; `{0:phrase}` with a phrase
 * that must have a template, else the sentence is another one; `{0:word}` with a word that has a translation, here or
 * among the texts of the window. What stands between quotes is a name and stays as it is.
 */
export class SentenceTranslator {
  readonly #fixed = new Map<string, string>()
  readonly #templates: readonly TemplateMatcher[]
  readonly #byFirst = new Map<string, readonly TemplateMatcher[]>()
  readonly #words: Readonly<Record<string, string>>
  readonly #remembered = new Map<string, Recognised>()

  /**
   * @param templates English templates and their translations
   * @param words translations of words of the window, such as labels of parameters
   */
  constructor(templates: Readonly<Record<string, string>>, words: Readonly<Record<string, string>> = {}) {
    const matchers: TemplateMatcher[] = []
    for (const [template, translation] of Object.entries(templates)) {
      if (/\{\d+\}/.test(template)) matchers.push(new TemplateMatcher(template, translation))
      else this.#fixed.set(template, translation)
    }
    // Of several that fit, the one that says most by itself.
    this.#templates = matchers.sort((one, other) => other.literalLength - one.literalLength)
    this.#words = words
  }

  /** The sentence in the other language, or as it is. */
  translate(english: string): string {
    return this.find(english) ?? english
  }

  /** The sentence in the other language; undefined where no template fits. */
  find(english: string): string | undefined {
    const { strict, loose } = this.#recognised(english)
    return strict ?? loose
  }

  #recognised(english: string): Recognised {
    const known = this.#remembered.get(english)
    if (known) return known
    const fixed = this.#fixed.get(english)
    const found = fixed === undefined ? this.#matching(english) : { strict: fixed }
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear()
    this.#remembered.set(english, found)
    return found
  }

  #matching(english: string): Recognised {
    const candidates = this.#candidates(english)
    const telling = this.#fitting(
      english,
      candidates.filter(({ isTelling }) => isTelling),
    )
    if (telling.strict !== undefined) return telling
    const parts = this.#severalSentences(english) ?? this.#withoutPeriod(english)
    if (parts !== undefined) return { strict: parts }
    const other = this.#fitting(
      english,
      candidates.filter(({ isTelling }) => !isTelling),
    )
    return { strict: other.strict, loose: telling.loose ?? other.loose }
  }

  #fitting(english: string, templates: readonly TemplateMatcher[]): Recognised {
    let loose: string | undefined
    for (const template of templates) {
      for (const values of template.matches(english)) {
        const isLoose = values.some((value) => this.#isForeign(value))
        if (isLoose && loose !== undefined) continue
        const said = template.say(values, this.#fill)
        if (said !== undefined && !isLoose) return { strict: said }
        loose ??= said
      }
    }
    return { loose }
  }

  /** Whether what stands at a place is, or ends, a sentence that is none of ours. */
  #isForeign(value: string): boolean {
    return boundary.test(value) || (value.endsWith('.') && this.find(value) === undefined)
  }

  /** The templates that begin as the text does, or with a place. */
  #candidates(english: string): readonly TemplateMatcher[] {
    const first = english.charAt(0)
    const known = this.#byFirst.get(first)
    if (known) return known
    const candidates = this.#templates.filter(({ start }) => start === '' || start.startsWith(first))
    this.#byFirst.set(first, candidates)
    return candidates
  }

  readonly #fill: FillPlace = (value, kind) => {
    switch (kind) {
      case 'quoted':
        return value
      case 'name':
        return /[,:;.] /.test(value) ? undefined : value
      case 'phrase':
        return this.#list(value, (part) => this.#known(part)) ?? this.#known(value)
      case 'word':
        return this.#known(value) ?? this.#words[value] ?? value
      case 'value':
        return plainValue.test(value) ? value : this.find(value)
      case 'one':
        return value.includes(' ') ? undefined : value
      default:
        return this.#said(value) ?? this.#list(value, (part) => this.#said(part)) ?? value
    }
  }

  /** A phrase; where it begins in the middle of a sentence, as one that begins with a capital. */
  #known(value: string): string | undefined {
    return this.find(value) ?? (/^[a-z]/.test(value) ? this.find(capitalised(value)) : undefined)
  }

  /** A phrase, or what may be a name as it is: a single word, alone or with a number, is none of our phrases. */
  #said(value: string): string | undefined {
    const quoted = /^"([^"]*)"$/.exec(value)
    if (quoted) return `“${quoted[1]}”`
    return /^\S+(?: [\d.]+)?$/.test(value) ? value : this.find(value)
  }

  /** `a, b and c`, where each part is known; commas inside of quotes and brackets separate nothing. */
  #list(value: string, translate: (part: string) => string | undefined): string | undefined {
    const parts = value.match(/(?:"[^"]*"|\([^)]*\)|\[[^\]]*\]|(?!, | and ).)+|, | and /gs) ?? []
    if (parts.length < 3) return undefined
    let said = ''
    for (const part of parts) {
      const text = part === ', ' ? '、' : part === ' and ' ? '和' : translate(part)
      if (text === undefined) return undefined
      said = joined(said, text)
    }
    return said
  }

  /** Several sentences in a row, each with its own template; all of them have to have one. The longest first part wins. */
  #severalSentences(english: string): string | undefined {
    const ends = [...english.matchAll(/[.!?] /g)].map(({ index }) => index + 1)
    for (const end of ends.toReversed()) {
      const first = this.#recognised(english.slice(0, end)).strict
      const rest = first === undefined ? undefined : this.#recognised(english.slice(end + 1)).strict
      if (first !== undefined && rest !== undefined) return first + rest
    }
    return undefined
  }

  /** A phrase that was made a sentence by a period. */
  #withoutPeriod(english: string): string | undefined {
    const phrase = english.endsWith('.') ? this.#recognised(english.slice(0, -1)).strict : undefined
    return phrase === undefined ? undefined : `${phrase}。`
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const translator = new SentenceTranslator(chineseSentences, chinese)
