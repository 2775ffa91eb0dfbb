import { type DragEvent, useState } from 'react'
import { moveTab, useTabs } from '../../state/tabs-store.ts'

/** What a dragged tab is for the system: nothing that another program takes. */
const dragType = 'application/x-layerloom-tab'

/** The tab that is being dragged; what a drag holds cannot be read while it hangs over something. */
let dragged: number | undefined

/** Lets a tab be dragged to another place of the row: the others make room as it passes their middle. */
export function useTabDrag(projectId: number) {
  const [isDragged, setDragged] = useState(false)
  return {
    isDragged,
    draggable: true,
    onDragStart: (event: DragEvent) => {
      dragged = projectId
      setDragged(true)
      event.dataTransfer.setData(dragType, String(projectId))
      event.dataTransfer.effectAllowed = 'move'
    },
    onDragOver: (event: DragEvent) => {
      if (dragged === undefined) return
      event.preventDefault()
      const { left, width } = event.currentTarget.getBoundingClientRect()
      const { tabs } = useTabs.getState()
      const from = tabs.findIndex((tab) => tab.projectId === dragged)
      const to = tabs.findIndex((tab) => tab.projectId === projectId)
      const passed = from < to ? event.clientX > left + width / 2 : event.clientX < left + width / 2
      if (from !== to && passed) moveTab(dragged, to)
    },
    onDrop: (event: DragEvent) => {
      if (dragged !== undefined) event.preventDefault()
    },
    onDragEnd: () => {
      dragged = undefined
      setDragged(false)
    },
  }
}
