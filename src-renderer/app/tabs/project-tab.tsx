import { Activity, TriangleAlert, X } from 'lucide-react'
import { Tabs as Radix } from 'radix-ui'
import type { KeyboardEvent, MouseEvent } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { type ProjectPart, type SaveState, useProject } from '../../state/project-store.ts'
import { closeTab } from '../../state/tab-actions.ts'
import { partOf, type ProjectTab as Tab, useTabs } from '../../state/tabs-store.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { shortcutText } from '../shortcuts.ts'
import { useTabDrag } from './tab-drag.ts'

const closingKey = 'Delete'

interface ProjectTabProps {
  readonly tab: Tab
  /** A run of the project is in progress. */
  readonly trains: boolean
}

/** One open project: its name, what there is to know of it, and a way to close it. */
export function ProjectTab({ tab, trains }: ProjectTabProps) {
  const { projectId } = tab
  const name = useProject((state) => partOf(tab, state).document?.name ?? '')
  const file = useProject((state) => partOf(tab, state).project?.filePath ?? null)
  const unkept = useProject((state) => notKept(partOf(tab, state)))
  const { isDragged, ...drag } = useTabDrag(projectId)
  const marks = [
    ...(unkept === undefined ? [] : [keptText(unkept)]),
    ...(trains ? [t('Training is in progress')] : []),
    ...(tab.touched ? [t('Its file was changed by another program')] : []),
  ]
  return (
    <Tooltip
      content={
        <>
          {name}
          {[...(file === null ? [] : [file]), ...marks].map((text) => (
            <span key={text} className="project-tab__mark-text">
              {text}
            </span>
          ))}
        </>
      }
    >
      <Radix.Trigger
        className="project-tab"
        value={String(projectId)}
        data-project-id={projectId}
        data-dragged={isDragged || undefined}
        data-unkept={unkept}
        aria-keyshortcuts={closingKey}
        onKeyDown={(event) => closeByKey(event, projectId)}
        onMouseDown={keepFromScrolling}
        onMouseUp={keepFromScrolling}
        onAuxClick={(event) => {
          if (event.button === 1) void closeTab(projectId)
        }}
        onClick={leaveFocus}
        {...drag}
      >
        {trains && <Activity className="project-tab__training" size={13} aria-hidden />}
        {tab.touched && <TriangleAlert className="project-tab__touched" size={13} aria-hidden />}
        <span className="project-tab__name truncate">{name}</span>
        {marks.length > 0 && <span className="visually-hidden">, {marks.join(', ')}</span>}
        <CloseSign projectId={projectId} />
      </Radix.Trigger>
    </Tooltip>
  )
}

/** For the mouse: a tab can hold no button of its own, keyboards and screen readers have Delete and the command. */
function CloseSign({ projectId }: { readonly projectId: number }) {
  return (
    <Tooltip content={t('Close the tab')} shortcut={shortcutText('closeTab')}>
      <span
        className="project-tab__close"
        aria-hidden
        onMouseDown={(event) => {
          if (event.button !== 0) return
          // Otherwise it would be shown first.
          event.preventDefault()
          event.stopPropagation()
        }}
        onClick={(event) => {
          event.stopPropagation()
          void closeTab(projectId)
        }}
      >
        <span className="project-tab__dot" />
        <X size={13} />
      </span>
    </Tooltip>
  )
}

/** What keeps a project from being all in its place: in the workspace, and in its file where it has one. */
function notKept({ project, document, writtenDocument, saveState }: ProjectPart): SaveState | undefined {
  if (saveState !== 'saved') return saveState
  return project?.filePath != null && document !== writtenDocument ? 'saved' : undefined
}

function keptText(state: SaveState): string {
  if (state === 'failed') return t('Could not be kept')
  return state === 'saved' ? t('Not yet kept in its file') : t('Being kept')
}

/** Closes by Delete; the focus goes on to the tab that comes next. */
function closeByKey(event: KeyboardEvent<HTMLElement>, projectId: number): void {
  // The key is Backspace on keyboards of macOS.
  if (event.key !== closingKey && event.key !== 'Backspace') return
  event.preventDefault()
  const { tabs } = useTabs.getState()
  const at = tabs.findIndex((tab) => tab.projectId === projectId)
  const next = tabs[at + 1] ?? tabs[at - 1]
  void closeTab(projectId).then((closed) => {
    if (!closed || !next) return
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-project-id="${next.projectId}"]`)?.focus(),
    )
  })
}

/** The middle button would scroll the row, or paste what is selected elsewhere. */
function keepFromScrolling(event: MouseEvent): void {
  if (event.button === 1) event.preventDefault()
}

/** After a click keys mean the drawing again; who came by keyboard stays in the row. */
function leaveFocus(event: MouseEvent<HTMLElement>): void {
  if (event.detail > 0) event.currentTarget.blur()
}
