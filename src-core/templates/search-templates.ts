import type { ModelDocument } from '../document/model-document.ts'
import { layerDefinition } from '../layers/catalogue.ts'
import type { TemplateFacts } from './template-facts.ts'

/** A template as the gallery knows it. */
export interface ListedTemplate extends TemplateFacts {
  readonly id: string
  readonly title: string
  readonly description: string
  /** The data it is bound to, in words. */
  readonly data: string
  readonly document: ModelDocument
}

/**
 * Templates in which every word of the query begins a word of their title, description, category, data or layers. Those
 * that have the words in their titles come first; otherwise the order stays.
 */
export function searchTemplates<T extends ListedTemplate>(
  templates: readonly T[],
  query: string,
): readonly T[] {
  const words = wordsOf(query)
  if (words.length === 0) return templates
  const found = templates.filter((template) => hasAll(wordsOf(textOf(template)), words))
  const inTitle = (template: T) => hasAll(wordsOf(template.title), words)
  return [...found.filter(inTitle), ...found.filter((template) => !inTitle(template))]
}

function hasAll(text: readonly string[], words: readonly string[]): boolean {
  return words.every((word) => text.some((candidate) => candidate.startsWith(word)))
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

function textOf({ title, description, category, difficulty, data, document }: ListedTemplate): string {
  const kinds = new Set(document.layers.map(({ kind }) => kind))
  const labels = [...kinds].map((kind) => layerDefinition(kind)?.label ?? kind)
  return [title, description, category, difficulty, data, ...labels].join(' ')
}
