import { House, Plus } from 'lucide-react'
import { Tabs as Radix } from 'radix-ui'
import { type RefObject, useEffect, useRef, useState, type WheelEvent } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { closeProject } from '../../state/project-actions.ts'
import { useProject } from '../../state/project-store.ts'
import { useTrainingProject } from '../../state/run-projects.ts'
import { useTabs } from '../../state/tabs-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { runCommand } from '../commands.ts'
import { shortcutText } from '../shortcuts.ts'
import { ProjectTab } from './project-tab.tsx'

/** The way to the start page, a tab for each open project, and a new one. */
export function TabStrip() {
  const tabs = useTabs((state) => state.tabs)
  const shown = useProject((state) => state.project?.id)
  const training = useTrainingProject()
  const list = useRef<HTMLDivElement>(null)
  const more = useMore(list)
  // Also when one is added, moved or taken away beside it.
  const order = tabs.map(({ projectId }) => projectId).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the order of the tabs that moves the one shown
  useEffect(() => {
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [shown, order])
  return (
    <nav className="tab-strip" aria-label={t('Open projects')}>
      <IconButton
        label={t('Start page')}
        icon={House}
        size="small"
        aria-current={shown === undefined ? 'page' : undefined}
        onClick={() => void closeProject()}
      />
      <Radix.List
        ref={list}
        className="tab-strip__list"
        aria-label={t('Open projects')}
        data-more={more}
        onWheel={scrollSideways}
      >
        {tabs.map((tab) => (
          <ProjectTab key={tab.projectId} tab={tab} trains={tab.projectId === training} />
        ))}
      </Radix.List>
      <IconButton
        label={t('New project')}
        icon={Plus}
        size="small"
        shortcut={shortcutText('new')}
        onClick={() => runCommand('new')}
      />
    </nav>
  )
}

/** A wheel turns up and down; the row goes sideways. */
function scrollSideways({ currentTarget, deltaX, deltaY }: WheelEvent): void {
  if (Math.abs(deltaY) > Math.abs(deltaX)) currentTarget.scrollLeft += deltaY
}

/** At which ends of the row there is more than can be seen. */
function useMore(list: RefObject<HTMLDivElement | null>): string {
  const [more, setMore] = useState('')
  useEffect(() => {
    const row = list.current
    if (!row) return
    const look = () => {
      const rest = row.scrollWidth - row.clientWidth - row.scrollLeft
      setMore([row.scrollLeft > 1 ? 'start' : '', rest > 1 ? 'end' : ''].join(' ').trim())
    }
    const observer = new ResizeObserver(look)
    observer.observe(row)
    // Tabs that are added to a row which is full do not change its size, but theirs.
    const tabs = new MutationObserver(look)
    tabs.observe(row, { childList: true })
    row.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      tabs.disconnect()
      row.removeEventListener('scroll', look)
    }
  }, [list])
  return more
}
