import type { TreeInstance } from '@headless-tree/core'
import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { changeOutlineView, outlineViewOf } from '../../state/outline-views.ts'
import './outline.css'
import type { OutlineLine, OutlineLines } from './outline-lines.ts'
import { OutlineRow } from './outline-row.tsx'
import { takeFocusAlong, useOutlineTree } from './use-outline-tree.ts'
import { useTypeAhead } from './use-type-ahead.ts'

/** Of every line, as in outline.css, and of the room around them. */
const [rowHeight, padding] = [28, 4]
/** So many lines beyond those in sight are drawn on either side. */
const overscan = 8

interface OutlineTreeProps {
  readonly outline: OutlineLines
  /** What it is the outline of; another one is another tree. */
  readonly place: string
}

/** The tree itself. Only the lines in sight are drawn, and the active one, which holds the focus. */
export function OutlineTree({ outline, place }: OutlineTreeProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const pageOf = () => Math.max(1, Math.floor((rows.scrollRect?.height ?? 0) / rowHeight) - 1)
  const tree = useOutlineTree(outline, place, pageOf, (index) => rows.scrollToIndex(index))
  const rows = useRows(tree, scroller, place)
  const onKeyDown = useTypeAhead(tree)
  useLayoutEffect(() => takeFocusAlong(tree))
  const items = tree.getItems()
  return (
    <div ref={scroller} className="outline">
      <div
        ref={tree.registerElement}
        role="tree"
        aria-label={t('Outline')}
        style={{ height: rows.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          if (!item) return null
          const { level, posInSet, setSize } = item.getItemMeta()
          return (
            <OutlineRow
              key={key}
              item={item}
              line={item.getItemData()}
              level={level}
              position={posInSet}
              siblings={setSize}
              expanded={item.isFolder() ? item.isExpanded() : undefined}
              isActive={item.isFocused()}
              top={start}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Which lines are drawn, and where; begins where the place was scrolled to last. */
function useRows(
  tree: TreeInstance<OutlineLine>,
  scroller: RefObject<HTMLDivElement | null>,
  place: string,
): Virtualizer<HTMLDivElement, Element> {
  const items = tree.getItems()
  const active = tree.getFocusedItem().getItemMeta().index
  const rows = useVirtualizer<HTMLDivElement, Element>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: useCallback((index: number) => items[index]?.getId() ?? index, [items]),
    rangeExtractor: useCallback((range: Range) => withActive(range, active), [active]),
    paddingStart: padding,
    paddingEnd: padding,
    scrollPaddingStart: padding,
    scrollPaddingEnd: padding,
    initialOffset: () => outlineViewOf(place).scroll,
    overscan,
  })
  // Not as the element says: in a side panel that shows something else it is hidden already, and then at its top.
  useLayoutEffect(() => () => changeOutlineView(place, { scroll: rows.scrollOffset ?? 0 }), [rows, place])
  return rows
}

function withActive(range: Range, active: number): number[] {
  const indexes = defaultRangeExtractor(range)
  const [first, last] = [indexes.at(0) ?? 0, indexes.at(-1) ?? 0]
  if (active < first) return [active, ...indexes]
  return active > last ? [...indexes, active] : indexes
}
