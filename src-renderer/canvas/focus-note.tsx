import { useMemo } from 'react'
import { Trans } from 'react-i18next'
import { t, translations } from '../../src-core/language/t.ts'
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
  const values = {
    name,
    shown: formatCount(members.layers.size),
    all: formatCount(document.layers.length),
  }
  return (
    <div className="canvas-bar" role="status">
      <span className="truncate">
        {path.direction === 'before' ? (
          <Trans
            i18n={translations}
            i18nKey="What leads to <b>{{name}}</b>: {{shown}} of {{all}} layers"
            components={{ b: <strong /> }}
            values={values}
          />
        ) : (
          <Trans
            i18n={translations}
            i18nKey="What follows <b>{{name}}</b>: {{shown}} of {{all}} layers"
            components={{ b: <strong /> }}
            values={values}
          />
        )}
      </span>
      <Button size="small" title={t('Escape')} onClick={() => runCommand('endFocus')}>
        {t('End focus')}
      </Button>
    </div>
  )
}
