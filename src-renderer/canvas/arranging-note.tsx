import { useEffect, useState } from 'react'
import { t } from '../../src-core/language/t.ts'
import { runCommand } from '../app/commands.ts'
import { useArranging } from '../state/arranging-store.ts'
import { Button } from '../ui/button.tsx'

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
          {t('Arranging {{count, number}} layers…', { count: layers })}
          <Button size="small" title={t('Escape')} onClick={() => runCommand('cancelTidy')}>
            {t('Stop')}
          </Button>
        </div>
      )}
    </div>
  )
}
