import { Search, SearchX, X } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { Template } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { type TemplateCategory, templateCategories } from '../../../src-core/templates/template-facts.ts'
import { createProject } from '../../state/project-actions.ts'
import { useTemplates } from '../../state/template-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { moveInGrid } from './arrow-grid.ts'
import { searchGallery } from './search-gallery.ts'
import { TemplateCard } from './template-card.tsx'
import './template-gallery.css'

const cards = '.template-card'

/** All templates by category, to be searched and opened. */
export function TemplateGallery() {
  const templates = useTemplates()
  const [query, setQuery] = useState('')
  const [category, setCategory] = useState<TemplateCategory | null>(null)
  const gallery = useRef<HTMLElement>(null)
  const found = useMemo(() => searchGallery(templates ?? [], query), [templates, query])
  const shown = category === null ? found : found.filter((template) => template.category === category)
  const focusFirst = () => gallery.current?.querySelector<HTMLElement>(cards)?.focus()
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      focusFirst()
    }
    const [best] = shown
    if (event.key === 'Enter' && query.trim() !== '' && best) void createProject(best.document)
    if (event.key === 'Escape') setQuery('')
  }
  const clear = () => {
    setQuery('')
    setCategory(null)
  }
  return (
    <section aria-labelledby="start-templates" ref={gallery}>
      <header className="gallery__header">
        <h2 id="start-templates" className="start-page__heading">
          {t('Start from a template')}
        </h2>
        <div className="input gallery__search">
          <Search size={15} aria-hidden />
          <input
            type="search"
            aria-label={t('Search templates')}
            placeholder={t('Search templates')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onSearchKey}
          />
          {query !== '' && (
            <IconButton label={t('Clear the search')} icon={X} size="small" onClick={() => setQuery('')} />
          )}
        </div>
      </header>
      {templates && <Categories found={found} chosen={category} onChoose={setCategory} />}
      <p className="visually-hidden" role="status">
        {templates && t('{{count, number}} templates', { count: shown.length })}
      </p>
      {templates && shown.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={nothingText(query.trim(), category)}
          actions={<Button onClick={clear}>{t('Show all templates')}</Button>}
        >
          {t('Search for what it does, its data or a layer, such as “digits”, “table” or “LSTM”.')}
        </EmptyState>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are a shortcut; every card is reached by Tab too
        <div className="gallery__groups" onKeyDown={(event) => moveInGrid(event, cards)}>
          <Groups shown={shown} isSearch={query.trim() !== ''} />
        </div>
      )}
    </section>
  )
}

function nothingText(query: string, category: TemplateCategory | null): string {
  return category === null
    ? t('No template has “{{query}}”', { query })
    : t('No template has “{{query}}” in {{category}}', { query, category: t(category) })
}

interface CategoriesProps {
  readonly found: readonly Template[]
  readonly chosen: TemplateCategory | null
  readonly onChoose: (category: TemplateCategory | null) => void
}

/** Narrows the gallery down to a category; each says how many templates it has. */
function Categories({ found, chosen, onChoose }: CategoriesProps) {
  const count = (category: TemplateCategory) =>
    found.filter((template) => template.category === category).length
  return (
    <fieldset className="gallery__categories">
      <legend className="visually-hidden">{t('Categories')}</legend>
      <Button
        size="small"
        variant={chosen === null ? 'primary' : 'secondary'}
        aria-pressed={chosen === null}
        onClick={() => onChoose(null)}
      >
        {t('All {{number}}', { number: found.length })}
      </Button>
      {templateCategories.map((category) => (
        <Button
          key={category}
          size="small"
          variant={chosen === category ? 'primary' : 'secondary'}
          aria-pressed={chosen === category}
          onClick={() => onChoose(category)}
        >
          {t(category)} {count(category)}
        </Button>
      ))}
    </fieldset>
  )
}

/** What was searched for stands in the order of the search, everything else by category. */
function Groups({ shown, isSearch }: { readonly shown: readonly Template[]; readonly isSearch: boolean }) {
  if (isSearch) return <Cards templates={shown} label={t('Templates that were found')} />
  return templateCategories.map((category) => {
    const templates = shown.filter((template) => template.category === category)
    if (templates.length === 0) return null
    return (
      <div key={category} className="gallery__group">
        <h3 className="gallery__category">{t(category)}</h3>
        <Cards templates={templates} label={t(category)} />
      </div>
    )
  })
}

function Cards({ templates, label }: { readonly templates: readonly Template[]; readonly label: string }) {
  return (
    <ul className="gallery__cards" aria-label={label}>
      {templates.map((template) => (
        <li key={template.id}>
          <TemplateCard template={template} />
        </li>
      ))}
    </ul>
  )
}
