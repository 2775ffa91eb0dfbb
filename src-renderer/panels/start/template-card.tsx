import { Database } from 'lucide-react'
import { useMemo } from 'react'
import { sketchOf } from '../../../src-core/document/sketch.ts'
import type { Template } from '../../../src-core/ipc/contract.ts'
import { t } from '../../../src-core/language/t.ts'
import { createProject } from '../../state/project-actions.ts'
import { SketchPicture } from './sketch-picture.tsx'
import { levels } from './template-levels.ts'

/** A template to start from: a picture of its drawing, what it does, what it is trained on and how hard it is. */
export function TemplateCard({ template }: { readonly template: Template }) {
  const { title, description, difficulty, document } = template
  const data = t(template.data)
  const sketch = useMemo(() => sketchOf(document), [document])
  const { label, dots } = levels[difficulty]
  return (
    <button type="button" className="template-card" onClick={() => void createProject(document)}>
      <SketchPicture sketch={sketch} />
      <span className="template-card__title">{t(title)}</span>
      <span className="template-card__text">{t(description)}</span>
      <span className="template-card__facts">
        <span className="template-card__data truncate" title={t('Data: {{data}}', { data })}>
          <Database size={13} aria-hidden />
          <span className="visually-hidden">{t('Data:')} </span>
          <span className="truncate">{data}</span>
        </span>
        <span className="template-card__level">
          <span aria-hidden>{dots}</span> {t(label)}
        </span>
      </span>
    </button>
  )
}
