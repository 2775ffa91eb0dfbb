import { useMemo } from 'react'
import { Panel } from 'reactflow'
import { layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { t } from '../../src-core/language/t.ts'
import { layerCategories } from '../../src-core/layers/define-layer.ts'
import { useProject } from '../state/project-store.ts'
import { useUi } from '../state/ui-store.ts'
import { formatCount } from '../ui/format.ts'
import { categoryLook } from './categories.ts'
import './legend.css'

/** What the colours and signs on the canvas mean: the categories that the drawing has, and how many layers of each. */
export function Legend() {
  const shown = useUi((state) => state.legend)
  const drawing = useProject((state) => state.drawing)
  const counts = useMemo(() => {
    const found = new Map<string, number>()
    for (const { kind } of (shown && drawing?.layers) || []) {
      const category = drawing && layerFace(drawing, kind)?.category
      if (category) found.set(category, (found.get(category) ?? 0) + 1)
    }
    return found
  }, [shown, drawing])
  if (counts.size === 0) return null
  return (
    <Panel position="top-left">
      <section className="legend" aria-label={t('Legend')}>
        <ul>
          {layerCategories
            .filter((category) => counts.has(category))
            .map((category) => {
              const { icon: Icon, colour } = categoryLook(category)
              return (
                <li key={category} className="legend__row">
                  <Icon size={14} aria-hidden style={{ color: colour }} />
                  <span className="legend__swatch" style={{ background: colour }} />
                  <span>{t(category)}</span>
                  <span className="legend__count numeric">{formatCount(counts.get(category) ?? 0)}</span>
                </li>
              )
            })}
        </ul>
      </section>
    </Panel>
  )
}
