/** The languages that the window speaks. The command line, exported files and logs are in English always. */
export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** What can be chosen; `system` follows the system. */
export const languageChoices = ['system', ...languages] as const
export type LanguageChoice = (typeof languageChoices)[number]

/** Each language's name in itself, for the list it is chosen from. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' }

/** The language for a locale of the system (BCP 47); English where we have none for it. */
export function languageOf(locale: string): Language {
  return /^zh\b(?!-(hant|tw|hk|mo))/i.test(locale) ? 'zh-CN' : 'en'
}
