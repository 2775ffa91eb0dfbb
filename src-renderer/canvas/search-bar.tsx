import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo } from 'react'
import { t } from '../../src-core/language/t.ts'
import { canvas } from '../state/canvas-handle.ts'
import { useProject } from '../state/project-store.ts'
import { endSearch, searchFor, stepSearch, useReading } from '../state/reading-store.ts'
import { IconButton } from '../ui/button.tsx'
import { formatCount } from '../ui/format.ts'
import { findOnCanvas, wrapped } from './reading.ts'
import './search-bar.css'

/** Searches the drawing: Enter leads to the next find, Shift+Enter to the one before, Escape ends it. */
export function SearchBar() {
  const search = useReading((state) => state.search)
  return search === null ? null : <OpenSearchBar search={search} />
}

function OpenSearchBar({ search }: { readonly search: string }) {
  const found = useReading((state) => state.found)
  const document = useProject((state) => state.drawing)
  const finds = useMemo(() => (document ? findOnCanvas(document, search) : []), [document, search])
  const index = wrapped(found, finds.length)
  const current = finds[index]
  const shown = current && JSON.stringify(current)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same find in a changed document is not shown again
  useEffect(() => {
    if (current) canvas()?.show(current)
  }, [shown])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') stepSearch(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') leave()
    else return
    event.preventDefault()
  }
  return (
    <search className="search-bar" aria-label={t('Search the drawing')}>
      <Search size={14} aria-hidden />
      <input
        // The bar is opened to type into it.
        // biome-ignore lint/a11y/noAutofocus: the person asked for this field by a key
        autoFocus
        data-canvas-search
        type="text"
        aria-label={t('Search the drawing')}
        placeholder={t('Name, kind or note')}
        spellCheck={false}
        value={search}
        onChange={(event) => searchFor(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="search-bar__count numeric" role="status">
        {search.trim() === ''
          ? ''
          : finds.length === 0
            ? t('nothing found')
            : t('{{found}} of {{all}}', { found: formatCount(index + 1), all: formatCount(finds.length) })}
      </span>
      <IconButton
        size="small"
        label={t('Previous find')}
        icon={ChevronUp}
        shortcut={t('Shift+Enter')}
        onClick={() => stepSearch(-1)}
      />
      <IconButton
        size="small"
        label={t('Next find')}
        icon={ChevronDown}
        shortcut={t('Enter')}
        onClick={() => stepSearch(1)}
      />
      <IconButton size="small" label={t('End the search')} icon={X} shortcut={t('Escape')} onClick={leave} />
    </search>
  )
}

/** The find that is shown keeps the selection, and gets the focus. */
function leave(): void {
  endSearch()
  const [layerId] = useProject.getState().selectedLayers
  if (layerId !== undefined) canvas()?.focus(layerId)
}
