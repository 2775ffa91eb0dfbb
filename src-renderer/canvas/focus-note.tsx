import { useMemo } from 'react'
import { runCommand } from '../app/commands.ts'
import { useProject } from '../state/project-store.ts'
import { useReading } from '../state/reading-store.ts'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format.ts'
import { pathMembers } from './reading.ts'

/** Says which path is in focus and how much of the drawing that is. */
export function FocusNote() {
  const path = useReading((state) => state.path)
  const document = useProject((state) => state.drawing)
  const members = useMemo(
    () => (document && path ? pathMembers(document, path.layerId, path.direction) : undefined),
    [document, path],
  )
  const name = document?.layers.find(({ id }) => id === path?.layerId)?.name
  if (!path || !document || !members || name === undefined) return null
  const share = `${formatCount(members.layers.size)} of ${formatCount(document.layers.length)} layers`
  return (
    <div className="canvas-bar" role="status">
      <span className="truncate">
        {path.direction === 'before' ? 'What leads to' : 'What follows'} <strong>{name}</strong>: {share}
      </span>
      <Button size="small" title="Escape" onClick={() => runCommand('endFocus')}>
        End focus
      </Button>
    </div>
  )
}
