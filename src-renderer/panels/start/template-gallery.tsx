import { Search, SearchX, X } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { Template } from '../../../src-core/ipc/contract.ts'
import { searchTemplates } from '../../../src-core/templates/search-templates.ts'
import { type TemplateCategory, templateCategories } from '../../../src-core/templates/template-facts.ts'
import { createProject } from '../../state/project-actions.ts'
import { useTemplates } from '../../state/template-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { moveInGrid } from './arrow-grid.ts'
import { TemplateCard } from './template-card.tsx'
import './template-gallery.css'

const cards = '.template-card'

/** All templates by category, to be searched and opened. */
export function TemplateGallery() {
  const templates = useTemplates()
  const [query, setQuery] = useState('')
  const [category, setCategory] = useState<TemplateCategory | null>(null)
  const gallery = useRef<HTMLElement>(null)
  const found = useMemo(() => searchTemplates(templates ?? [], query), [templates, query])
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
          Start from a template
        </h2>
        <div className="input gallery__search">
          <Search size={15} aria-hidden />
          <input
            type="search"
            aria-label="Search templates"
            placeholder="Search templates"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onSearchKey}
          />
          {query !== '' && (
            <IconButton label="Clear the search" icon={X} size="small" onClick={() => setQuery('')} />
          )}
        </div>
      </header>
      {templates && <Categories found={found} chosen={category} onChoose={setCategory} />}
      <p className="visually-hidden" role="status">
        {templates && (shown.length === 1 ? '1 template' : `${shown.length} templates`)}
      </p>
      {templates && shown.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={`No template has “${query.trim()}”${category === null ? '' : ` in ${category}`}`}
          actions={<Button onClick={clear}>Show all templates</Button>}
        >
          Search for what it does, its data or a layer, such as “digits”, “table” or “LSTM”.
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
      <legend className="visually-hidden">Categories</legend>
      <Button
        size="small"
        variant={chosen === null ? 'primary' : 'secondary'}
        aria-pressed={chosen === null}
        onClick={() => onChoose(null)}
      >
        All {found.length}
      </Button>
      {templateCategories.map((category) => (
        <Button
          key={category}
          size="small"
          variant={chosen === category ? 'primary' : 'secondary'}
          aria-pressed={chosen === category}
          onClick={() => onChoose(category)}
        >
          {category} {count(category)}
        </Button>
      ))}
    </fieldset>
  )
}

/** What was searched for stands in the order of the search, everything else by category. */
function Groups({ shown, isSearch }: { readonly shown: readonly Template[]; readonly isSearch: boolean }) {
  if (isSearch) return <Cards templates={shown} label="Templates that were found" />
  return templateCategories.map((category) => {
    const templates = shown.filter((template) => template.category === category)
    if (templates.length === 0) return null
    return (
      <div key={category} className="gallery__group">
        <h3 className="gallery__category">{category}</h3>
        <Cards templates={templates} label={category} />
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
