import { type Language, type LanguageChoice, languageOf } from '../../src-core/language/language.ts'
import { speak } from '../../src-core/language/t.ts'
import { useUi } from '../state/ui-store.ts'

/** The language that a choice means on this machine. */
export function chosenLanguage(choice: LanguageChoice): Language {
  return choice === 'system' ? languageOf(navigator.language) : choice
}

/** The language of the window, for components that draw all of it anew when it changes. */
export function useLanguage(): Language {
  return useUi((state) => chosenLanguage(state.language))
}

/**
 * Keeps the language of everything said at what the person chose, and <html lang> with it. Started before anything is
 * drawn, so that it hears of a change before the components do. Returns what ends it.
 */
export function startLanguage(): () => void {
  const apply = (choice: LanguageChoice) => {
    const language = chosenLanguage(choice)
    speak(language)
    document.documentElement.lang = language
  }
  apply(useUi.getState().language)
  return useUi.subscribe((state, before) => {
    if (state.language !== before.language) apply(state.language)
  })
}
