import { Blocks, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useEffect } from 'react'
import type { SavedBlock } from '../../src-core/document/blocks/saved-block.ts'
import { t } from '../../src-core/language/t.ts'
import { useBlockLibrary } from '../state/block-library-store.ts'
import { useProject } from '../state/project-store.ts'
import { addSavedBlock } from './add-actions.ts'
import { categoryLook } from './categories.ts'

/** The blocks that the person keeps, to be added with a double click or Enter. */
export function SavedBlocks({ query }: { readonly query: string }) {
  const saved = useBlockLibrary((state) => state.saved)
  const projectId = useProject((state) => state.project?.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another window may have kept one meanwhile
  useEffect(() => {
    void useBlockLibrary.getState().refresh()
  }, [projectId])
  const wanted = query.trim().toLowerCase()
  const found = saved.filter(({ name }) => name.toLowerCase().includes(wanted))
  if (found.length === 0) return null
  return (
    <section>
      <h3 className="palette__heading">{t('My blocks')}</h3>
      <ul>
        {found.map((block) => (
          <li key={block.name}>
            <SavedBlockItem block={block} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function SavedBlockItem({ block }: { readonly block: SavedBlock }) {
  const remove = useBlockLibrary((state) => state.remove)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    addSavedBlock(block)
  }
  return (
    <div className="palette__row">
      <button
        type="button"
        className="palette__item"
        title={t('Double-click to add it')}
        onDoubleClick={() => addSavedBlock(block)}
        onKeyDown={onKeyDown}
      >
        <Blocks size={15} aria-hidden style={{ color: categoryLook('Block').colour }} />
        <span className="truncate">{block.name}</span>
      </button>
      <button
        type="button"
        className="palette__star"
        aria-label={t('Keep {{name}} no more', { name: block.name })}
        title={t('Remove from my blocks')}
        onClick={() => void remove(block.name)}
      >
        <Trash2 size={13} aria-hidden />
      </button>
    </div>
  )
}
