import { Search, Star, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react'
import { blockIdOf, isPortKind, usesOf } from '../../src-core/document/blocks/block-kinds.ts'
import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import { sentence } from '../../src-core/language/sentence.ts'
import { t } from '../../src-core/language/t.ts'
import { layerCategories } from '../../src-core/layers/define-layer.ts'
import { useBlockLibrary } from '../state/block-library-store.ts'
import { useProject } from '../state/project-store.ts'
import { useUi } from '../state/ui-store.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { addFromPalette, dropFromPalette } from './add-actions.ts'
import { goesThrough } from './add-layer.ts'
import { removeBlock } from './block-actions.ts'
import { keptNameOf, kindLabel } from './block-prototypes.ts'
import { categoryLook } from './categories.ts'
import './palette.css'
import { startPaletteDrag } from './palette-drag.ts'
import { searchLayers } from './search-layers.ts'
import { useOfferedGroups } from './use-offered.ts'

/** Every layer kind, by category: drag one onto the canvas, or add it with Enter or a double click. */
export function Palette() {
  const query = useUi((state) => state.paletteSearch)
  const setQuery = useUi((state) => state.setPaletteSearch)
  const list = useRef<HTMLDivElement>(null)
  const { drawn, kept, ready, catalogue } = useOfferedGroups()
  const { own, mine, blocks, found } = useMemo(
    () => ({
      own: searchLayers(drawn, query),
      mine: searchLayers(kept, query),
      blocks: searchLayers(ready, query),
      found: searchLayers(catalogue, query),
    }),
    [drawn, kept, ready, catalogue, query],
  )
  const all = [...own, ...mine, ...found, ...blocks]
  const first = all[0]
  const favourites = useUi((state) => state.favourites)
  const preferred = all.filter(({ kind }) => favourites.includes(kind))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && first) addFromPalette(first.kind)
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      list.current?.querySelector<HTMLElement>('.palette__item')?.focus()
    }
    if (event.key === 'Escape') setQuery('')
  }
  return (
    // Keys mean the drawing here, too.
    <div className="palette" data-keys="drawing">
      <div className="palette__search">
        <div className="input">
          <span className="input__prefix">
            <Search size={14} aria-hidden />
          </span>
          <input
            type="search"
            data-palette-search
            aria-label={t('Search layers')}
            placeholder={t('Search layers')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
      <div ref={list} className="palette__list">
        {all.length === 0 && <p className="palette__none">{t('No layer matches “{{query}}”.', { query })}</p>}
        {own.length > 0 && <Category name={t('This drawing')} items={own} />}
        {mine.length > 0 && <Category name={t('My blocks')} items={mine} />}
        {preferred.length > 0 && <Category name={t('Favourites')} items={preferred} />}
        {layerCategories.map((category) => {
          const items = found.filter((definition) => definition.category === category)
          return items.length === 0 ? null : <Category key={category} name={t(category)} items={items} />
        })}
        {blocks.length > 0 && <Category name={t('Ready blocks')} items={blocks} />}
      </div>
    </div>
  )
}

interface CategoryProps {
  readonly name: string
  readonly items: readonly LayerFace[]
}

function Category({ name, items }: CategoryProps) {
  return (
    <section>
      <h3 className="palette__heading">{name}</h3>
      <ul>
        {items.map((definition) => (
          <li key={definition.kind}>
            <PaletteItem definition={definition} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function PaletteItem({ definition }: { readonly definition: LayerFace }) {
  const { kind, label, category, description } = definition
  const isBlock = blockIdOf(kind) !== undefined
  const keptName = keptNameOf(kind)
  const canBeFavourite = !isBlock && keptName === undefined && !isPortKind(kind)
  const toggleFavourite = useUi((state) => state.toggleFavourite)
  const look = categoryLook(category)
  const Icon = look.icon
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    // Otherwise the browser selects text along the way.
    event.preventDefault()
    startPaletteDrag(event, kind, goesThrough(definition), (target) => dropFromPalette(kind, target))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      addFromPalette(kind)
    }
    if (event.key === '*' && canBeFavourite) toggleFavourite(kind)
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveFocus(event)
  }
  return (
    <div className="palette__row">
      <Tooltip content={isBlock ? sentence(description) : t(description)} side="right" delay={600}>
        <button
          type="button"
          className="palette__item"
          aria-keyshortcuts="*"
          onPointerDown={onPointerDown}
          onDoubleClick={() => addFromPalette(kind)}
          onKeyDown={onKeyDown}
        >
          <Icon size={15} aria-hidden style={{ color: look.colour }} />
          <span className="truncate">{kindLabel(definition)}</span>
        </button>
      </Tooltip>
      {isBlock && <RemoveBlock kind={kind} label={label} />}
      {keptName !== undefined && <KeepNoMore name={keptName} />}
      {canBeFavourite && <Favourite kind={kind} label={kindLabel(definition)} />}
    </div>
  )
}

interface KindProps {
  readonly kind: string
  readonly label: string
}

function Favourite({ kind, label }: KindProps) {
  const isFavourite = useUi((state) => state.favourites.includes(kind))
  const toggleFavourite = useUi((state) => state.toggleFavourite)
  return (
    <button
      type="button"
      // Reached with * from the layer itself: Tab would otherwise stop twice at each of them.
      tabIndex={-1}
      className="palette__star"
      aria-pressed={isFavourite}
      aria-label={t('{{layer}} is a favourite', { layer: label })}
      title={t(isFavourite ? 'Remove from favourites (*)' : 'Add to favourites (*)')}
      onClick={() => toggleFavourite(kind)}
    >
      <Star size={13} aria-hidden fill={isFavourite ? 'currentColor' : 'none'} />
    </button>
  )
}

/** A block that nothing uses can be removed from the drawing. */
function RemoveBlock({ kind, label }: KindProps) {
  const blockId = blockIdOf(kind) ?? ''
  const unused = useProject((state) => state.document !== null && usesOf(state.document, blockId) === 0)
  if (!unused) return null
  return (
    <button
      type="button"
      className="palette__star"
      aria-label={t('Remove the block {{name}}', { name: label })}
      title={t('Remove from this drawing')}
      onClick={() => removeBlock(kind)}
    >
      <Trash2 size={13} aria-hidden />
    </button>
  )
}

function KeepNoMore({ name }: { readonly name: string }) {
  const remove = useBlockLibrary((state) => state.remove)
  return (
    <button
      type="button"
      className="palette__star"
      aria-label={t('Keep {{name}} no more', { name })}
      title={t('Remove from my blocks')}
      onClick={() => void remove(name)}
    >
      <Trash2 size={13} aria-hidden />
    </button>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  event.preventDefault()
  const items = [
    ...(event.currentTarget.closest('.palette__list')?.querySelectorAll<HTMLElement>('.palette__item') ?? []),
  ]
  const index = items.indexOf(event.currentTarget)
  items[index + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
}
