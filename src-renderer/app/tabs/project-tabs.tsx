import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useProject } from '../../state/project-store.ts'
import { showTab } from '../../state/tab-actions.ts'
import { useTabs } from '../../state/tabs-store.ts'
import { TabStrip } from './tab-strip.tsx'
import './tabs.css'

/** Arrows go along the row, Enter shows. */
const activation = 'manual'

/** The open projects as tabs above what is shown: the workbench of one of them, or the start page. */
export function ProjectTabs({ children }: { readonly children: ReactNode }) {
  const shown = useProject((state) => state.project?.id)
  const any = useTabs((state) => state.tabs.length > 0)
  const value = shown === undefined ? '' : String(shown)
  return (
    <Radix.Root
      className="project-tabs"
      value={value}
      onValueChange={(id) => void showTab(Number(id))}
      activationMode={activation}
    >
      {any && <TabStrip />}
      {shown === undefined ? (
        <div className="project-tabs__content">{children}</div>
      ) : (
        // It takes no focus of its own, and keys in it mean the drawing, see placeOf. Its tab names it as what it
        // controls; a name of its own would have to stand in a landmark, while the landmarks are inside of it.
        <Radix.Content
          key={value}
          className="project-tabs__content"
          value={value}
          tabIndex={undefined}
          aria-labelledby={undefined}
          data-keys="drawing"
        >
          {children}
        </Radix.Content>
      )}
    </Radix.Root>
  )
}
