import { mark } from '../../../src-core/language/t.ts'
import type { TemplateDifficulty } from '../../../src-core/templates/template-facts.ts'

/** How hard templates are to understand, as the gallery shows it. */
export const levels: Readonly<Record<TemplateDifficulty, { readonly label: string; readonly dots: string }>> =
  {
    easy: { label: mark('Easy'), dots: '●○○' },
    medium: { label: mark('Medium'), dots: '●●○' },
    advanced: { label: mark('Advanced'), dots: '●●●' },
  }
