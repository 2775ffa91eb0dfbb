import {
  ChevronDown,
  ChevronRight,
  CircleAlert,
  CornerDownRight,
  CornerLeftUp,
  Frame,
  ListTree,
  StickyNote,
  TriangleAlert,
} from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { runCommand } from '../../app/commands.ts'
import { categoryLook } from '../../canvas/categories.ts'
import { canvas } from '../../state/canvas-handle.ts'
import { useCompile } from '../../state/compile-store.ts'
import { useProject } from '../../state/project-store.ts'
import { classNames } from '../../ui/class-names.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { type TreeRow, treeMove, treeRows, typedRow } from '../../ui/tree-rows.ts'
import './outline.css'
import { type OutlineItem, outlineItems } from './outline-items.ts'

/** A pause this long begins another word. */
const wordPauseMs = 600

/** The model as a tree: what stands on the canvas, for reading and for going there. */
export function Outline() {
  const document = useProject((state) => state.drawing)
  const compile = useCompile()
  const items = useMemo(() => (document ? outlineItems(document, compile) : []), [document, compile])
  if (items.length === 0) {
    return (
      <EmptyState icon={ListTree} title={t('Nothing to list yet')}>
        {t('What stands on the canvas is listed here along the flow, with its wires and problems.')}
      </EmptyState>
    )
  }
  return <OutlineTree items={items} />
}

function OutlineTree({ items }: { readonly items: readonly OutlineItem[] }) {
  const tree = useRef<HTMLDivElement>(null)
  const { rows, toggle } = useRows(items)
  const [activeKey, setActiveKey] = useState<string>()
  const found = rows.findIndex(({ item }) => item.key === activeKey)
  const active = found === -1 ? 0 : found
  const typed = useRef({ text: '', at: 0 })
  const go = (index: number) => {
    setActiveKey(rows[index]?.item.key)
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[index]?.focus()
  }
  const type = (letter: string, at: number) => {
    const text = at - typed.current.at < wordPauseMs ? typed.current.text + letter : letter
    typed.current = { text, at }
    const to = typedRow(rows, active, text)
    if (to !== undefined) go(to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active]
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return
    const move = treeMove(rows, active, event.key)
    if (move?.type === 'go') go(move.index)
    else if (move) toggle(row.item)
    else if (event.key === 'Enter' || event.key === ' ') choose(row.item)
    else if (event.key === 'Delete') removeItem(row.item)
    else if (event.key.length === 1) type(event.key, event.timeStamp)
    else return
    event.preventDefault()
  }
  return (
    <div ref={tree} className="outline" role="tree" aria-label={t('Outline')} onKeyDown={onKeyDown}>
      {rows.map((row, index) => (
        <Row
          key={row.item.key}
          row={row}
          focusable={index === active}
          onToggle={() => toggle(row.item)}
          onChoose={() => {
            setActiveKey(row.item.key)
            choose(row.item)
          }}
        />
      ))}
    </div>
  )
}

/** Frames are open until they are closed; layers, whose wires would make the list long, closed until they are opened. */
function useRows(items: readonly OutlineItem[]) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(
    () => treeRows(items, ({ key, type }) => (type === 'frame') !== toggled.has(key)),
    [items, toggled],
  )
  const toggle = ({ key }: OutlineItem) =>
    setToggled((before) => {
      const after = new Set(before)
      if (!after.delete(key)) after.add(key)
      return after
    })
  return { rows, toggle }
}

function choose({ leadsTo }: OutlineItem): void {
  canvas()?.show(leadsTo)
}

function removeItem({ type, leadsTo }: OutlineItem): void {
  const { select } = useProject.getState()
  if (type === 'layer' && 'layerId' in leadsTo) select([leadsTo.layerId])
  else if ('noteId' in leadsTo) select([], [], [leadsTo.noteId])
  else return
  runCommand('delete')
}

interface RowProps {
  readonly row: TreeRow<OutlineItem>
  readonly focusable: boolean
  readonly onToggle: () => void
  readonly onChoose: () => void
}

function Row({ row, focusable, onToggle, onChoose }: RowProps) {
  const { item, level, position, siblings, expanded } = row
  const selected = useProject(({ selectedLayers, selectedNotes }) => {
    if (item.type === 'wire' || item.type === 'problem') return false
    return 'layerId' in item.leadsTo
      ? selectedLayers.has(item.leadsTo.layerId)
      : selectedNotes.has(item.leadsTo.noteId)
  })
  const Chevron = expanded ? ChevronDown : ChevronRight
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the tree
    <div
      role="treeitem"
      tabIndex={focusable ? 0 : -1}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={expanded}
      aria-selected={selected}
      className={classNames(
        'outline__row',
        `outline__row--${item.type}`,
        selected && 'outline__row--selected',
      )}
      style={{ paddingLeft: 4 + (level - 1) * 16 }}
      onClick={onChoose}
    >
      {/* Its name: what is seen has signs for words. */}
      <span className="visually-hidden">{item.spoken}</span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys do the same */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same */}
      <span
        className="outline__chevron"
        onClick={(event) => {
          event.stopPropagation()
          onToggle()
        }}
      >
        {expanded !== undefined && <Chevron size={14} aria-hidden />}
      </span>
      <Sign item={item} />
      <span className="outline__label truncate" title={item.label} aria-hidden>
        {item.label}
      </span>
      <span className="outline__detail truncate" aria-hidden>
        {item.detail}
      </span>
      {item.shape !== '' && (
        <span className="outline__shape numeric" aria-hidden>
          {item.shape}
        </span>
      )}
      {item.type === 'layer' && <Count item={item} />}
    </div>
  )
}

function Sign({ item }: { readonly item: OutlineItem }) {
  if (item.layer) {
    const { icon: Icon, colour } = categoryLook(layerDefinition(item.layer.kind)?.category)
    return <Icon size={14} aria-hidden style={{ color: colour }} />
  }
  switch (item.type) {
    case 'frame':
      return <Frame size={14} aria-hidden />
    case 'note':
      return <StickyNote size={14} aria-hidden />
    case 'problem':
      return item.errors > 0 ? (
        <CircleAlert className="is-danger" size={14} aria-hidden />
      ) : (
        <TriangleAlert className="is-warning" size={14} aria-hidden />
      )
    default: {
      const Icon = item.direction === 'from' ? CornerLeftUp : CornerDownRight
      return <Icon size={14} aria-hidden />
    }
  }
}

/** How much is wrong with a layer. */
function Count({ item: { errors, warnings } }: { readonly item: OutlineItem }) {
  if (errors + warnings === 0) return null
  const Icon = errors > 0 ? CircleAlert : TriangleAlert
  return (
    <span
      className={classNames('outline__count numeric', errors > 0 ? 'is-danger' : 'is-warning')}
      aria-hidden
    >
      <Icon size={13} aria-hidden />
      {errors + warnings}
    </span>
  )
}
