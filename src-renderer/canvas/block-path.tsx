import { ChevronRight, CornerLeftUp } from 'lucide-react'
import { usesOf } from '../../src-core/document/blocks/block-kinds.ts'
import { t } from '../../src-core/language/t.ts'
import { shortcutText } from '../app/shortcuts.ts'
import { useProject } from '../state/project-store.ts'
import { IconButton } from '../ui/button.tsx'
import { leaveBlock } from './block-actions.ts'
import './block-path.css'

/** Where the canvas is: the model, and the blocks that were entered; each leads back to itself. */
export function BlockPath() {
  const entered = useProject((state) => state.entered)
  const document = useProject((state) => state.document)
  if (entered.length === 0) return null
  const names = [document?.name ?? '', ...entered.map(({ layer }) => layer.name)]
  const block = entered.at(-1)?.block
  const uses = document && block ? usesOf(document, block.id) : 1
  return (
    <nav className="block-path" aria-label={t('Path of blocks')}>
      <IconButton
        label={t('Leave the block')}
        icon={CornerLeftUp}
        shortcut={shortcutText('leaveBlock')}
        onClick={() => leaveBlock()}
      />
      <ol className="block-path__list">
        {names.map((each, depth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in the path is its depth
          <li key={depth} className="block-path__item">
            {depth > 0 && <ChevronRight size={13} aria-hidden />}
            {depth < names.length - 1 ? (
              <button type="button" className="block-path__step truncate" onClick={() => leaveBlock(depth)}>
                {each}
              </button>
            ) : (
              <span className="block-path__here truncate" aria-current="page">
                {each}
              </span>
            )}
          </li>
        ))}
      </ol>
      {block && uses > 1 && (
        <span className="block-path__note">
          {t('used {{count, number}} times: changes all of them', { count: uses })}
        </span>
      )}
    </nav>
  )
}
