import type { ItemInstance } from '@headless-tree/core'
import {
  ChevronDown,
  ChevronRight,
  CircleAlert,
  CornerDownRight,
  CornerLeftUp,
  Frame,
  StickyNote,
  TriangleAlert,
} from 'lucide-react'
import { memo } from 'react'
import { layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import type { Problem } from '../../../src-core/problems.ts'
import { categoryLook } from '../../canvas/categories.ts'
import { useCompile } from '../../state/compile-store.ts'
import type { LayerView } from '../../state/compile-view.ts'
import { useProject } from '../../state/project-store.ts'
import { classNames } from '../../ui/class-names.ts'
import { type OutlineLine, sameLine } from './outline-lines.ts'
import { labelOf, wordsOf } from './outline-words.ts'

interface RowProps {
  readonly item: ItemInstance<OutlineLine>
  readonly line: OutlineLine
  /** 0 for the outermost lines. */
  readonly level: number
  /** From 0, among those below the same line. */
  readonly position: number
  readonly siblings: number
  /** Undefined for a line with nothing below it. */
  readonly expanded: boolean | undefined
  readonly isActive: boolean
  /** Its place from the top of the list, in pixels. */
  readonly top: number
}

/** A line of the outline; drawn anew only when something about it changed. */
export const OutlineRow = memo(Row, sameRow)

function sameRow(one: RowProps, other: RowProps): boolean {
  return (
    sameLine(one.line, other.line) &&
    one.item === other.item &&
    one.level === other.level &&
    one.position === other.position &&
    one.siblings === other.siblings &&
    one.expanded === other.expanded &&
    one.isActive === other.isActive &&
    one.top === other.top
  )
}

function Row({ item, line, level, position, siblings, expanded, isActive, top }: RowProps) {
  const view = useCompile(({ layers }) => layers.get(layerOf(line)))
  const kind = useKindLabel(line)
  const selected = useSelected(line)
  const label = labelOf(line)
  const { detail, shape, spoken } = wordsOf(line, kind, view)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the tree
    <div
      ref={item.registerElement}
      role="treeitem"
      tabIndex={isActive ? 0 : -1}
      aria-level={level + 1}
      aria-posinset={position + 1}
      aria-setsize={siblings}
      aria-expanded={expanded}
      aria-selected={selected}
      className={classNames(
        'outline__row',
        `outline__row--${line.type}`,
        selected && 'outline__row--selected',
      )}
      style={{ top, paddingLeft: 4 + level * 16 }}
      onFocus={item.setFocused}
      onClick={() => {
        item.setFocused()
        item.primaryAction()
      }}
    >
      {/* Its name: what is seen has signs for words. */}
      <span className="visually-hidden">{spoken}</span>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys do the same */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same */}
      <span
        className="outline__chevron"
        onClick={(event) => {
          event.stopPropagation()
          if (expanded) item.collapse()
          else item.expand()
        }}
      >
        <Chevron expanded={expanded} />
      </span>
      <Sign line={line} />
      <span className="outline__label truncate" title={label} aria-hidden>
        {label}
      </span>
      <span className="outline__detail truncate" aria-hidden>
        {detail}
      </span>
      {shape !== '' && (
        <span className="outline__shape numeric" aria-hidden>
          {shape}
        </span>
      )}
      {line.type === 'layer' && <Count problems={view?.problems ?? noProblems} />}
    </div>
  )
}

const noProblems: LayerView['problems'] = []

/** Id of the layer that the compiler is asked about. */
function layerOf(line: OutlineLine): string {
  if (line.type === 'layer') return line.layer.id
  return line.type === 'wire' ? line.source : ''
}

/** What the kind of a line's layer is called; empty for other lines. */
function useKindLabel(line: OutlineLine): string {
  const kind = line.type === 'layer' ? line.layer.kind : ''
  return useProject(({ drawing }) => (drawing && kind ? (layerFace(drawing, kind)?.label ?? kind) : kind))
}

function useSelected(line: OutlineLine): boolean {
  return useProject(({ selectedLayers, selectedNotes }) => {
    if (line.type === 'layer') return selectedLayers.has(line.layer.id)
    return (line.type === 'frame' || line.type === 'note') && selectedNotes.has(line.note.id)
  })
}

function Chevron({ expanded }: { readonly expanded: boolean | undefined }) {
  if (expanded === undefined) return null
  const Icon = expanded ? ChevronDown : ChevronRight
  return <Icon size={14} aria-hidden />
}

function Sign({ line }: { readonly line: OutlineLine }) {
  switch (line.type) {
    case 'layer': {
      const { icon: Icon, colour } = categoryLook(layerDefinition(line.layer.kind)?.category)
      return <Icon size={14} aria-hidden style={{ color: colour }} />
    }
    case 'frame':
      return <Frame size={14} aria-hidden />
    case 'note':
      return <StickyNote size={14} aria-hidden />
    case 'problem':
      return line.problem.severity === 'error' ? (
        <CircleAlert className="is-danger" size={14} aria-hidden />
      ) : (
        <TriangleAlert className="is-warning" size={14} aria-hidden />
      )
    default: {
      const Icon = line.direction === 'from' ? CornerLeftUp : CornerDownRight
      return <Icon size={14} aria-hidden />
    }
  }
}

/** How much is wrong with a layer. */
function Count({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null
  const hasErrors = problems.some(({ severity }) => severity === 'error')
  const Icon = hasErrors ? CircleAlert : TriangleAlert
  return (
    <span
      className={classNames('outline__count numeric', hasErrors ? 'is-danger' : 'is-warning')}
      aria-hidden
    >
      <Icon size={13} aria-hidden />
      {problems.length}
    </span>
  )
}
