import { useEffect, useState } from 'react'
import { runCommand } from '../app/commands.ts'
import { useArranging } from '../state/arranging-store.ts'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format.ts'

/** Sooner it would only flash. */
const shownAfterMs = 250

/** Says that the drawing is being arranged, where that takes a while, with a way to stop it. */
export function ArrangingNote() {
  const layers = useArranging((state) => state.layers)
  const [late, setLate] = useState(false)
  useEffect(() => {
    setLate(false)
    if (layers === null) return
    const timer = setTimeout(() => setLate(true), shownAfterMs)
    return () => clearTimeout(timer)
  }, [layers])
  return (
    <div className="canvas-note-region" role="status">
      {layers !== null && late && (
        <div className="canvas-note">
          Arranging {formatCount(layers)} layers…
          <Button size="small" title="Escape" onClick={() => runCommand('cancelTidy')}>
            Stop
          </Button>
        </div>
      )}
    </div>
  )
}
