import { createInstance } from 'i18next'
import { englishPlurals } from './english-plurals.ts'
import type { Language } from './language.ts'
import { chinese } from './zh-CN/index.ts'

/**
 * The translations. A text is its own key: the English sentence stands where it is used, and a language's files give
 * its translation. One namespace, so that the same words are the same everywhere.
 */
export const translations = createInstance()

void translations.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  returnEmptyString: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: englishPlurals }, 'zh-CN': { translation: chinese } },
})

export type TextValues = Readonly<Record<string, string | number>>

/**
 * A text of the window in the language it speaks now. Values fill the places `{{name}}`; `{{count, number}}` is written
 * with separators, and `count` also chooses between singular and plural, whose English forms stand in english-plurals.ts.
 * A text that has no translation stays English.
 */
export function t(text: string, values?: TextValues): string {
  return values === undefined ? translations.t(text) : translations.t(text, { ...values })
}

/**
 * Marks a text that is translated when it is shown, with `t(text)`: in tables that are made once, before a language is
 * chosen. It returns the text as it is; the tests look for it to know what needs a translation. One word for several
 * things is told apart by the context that it is shown with, `t(text, { context })`: its translation stands under
 * `text_context`.
 */
export function mark<T extends string>(text: T, _context?: string): T {
  return text
}

/** The language that `t` answers in. */
export function currentLanguage(): Language {
  return translations.language as Language
}

/** Changes the language of everything said from now on; what is on the screen has to be drawn anew. */
export function speak(language: Language): void {
  void translations.changeLanguage(language)
}
