import { currentLanguage, t } from '../../../src-core/language/t.ts'
import { type ListedTemplate, searchTemplates } from '../../../src-core/templates/search-templates.ts'
import { levels } from './template-levels.ts'

/**
 * Templates that have every word of the query in their English texts or in those of the window's language, where it may
 * stand anywhere, since Chinese has no spaces. Those that have the words in their titles come first.
 */
export function searchGallery<T extends ListedTemplate>(
  templates: readonly T[],
  query: string,
): readonly T[] {
  if (currentLanguage() === 'en') return searchTemplates(templates, query)
  const words = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  const english = words.map((word) => new Set(searchTemplates(templates, word)))
  const found = templates.filter((template) => {
    const spoken = spokenText(template)
    return words.every((word, index) => spoken.includes(word) || english[index]?.has(template))
  })
  const inTitle = ({ title }: T) => {
    const titles = `${t(title)}\n${title}`.toLowerCase()
    return words.every((word) => titles.includes(word))
  }
  return [...found.filter(inTitle), ...found.filter((template) => !inTitle(template))]
}

function spokenText({ title, description, category, difficulty, data }: ListedTemplate): string {
  const texts = [title, description, category, levels[difficulty].label, data]
  return texts
    .map((text) => t(text))
    .join('\n')
    .toLowerCase()
}
