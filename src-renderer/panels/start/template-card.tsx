import { Database } from 'lucide-react'
import { useMemo } from 'react'
import { sketchOf } from '../../../src-core/document/sketch.ts'
import type { Template } from '../../../src-core/ipc/contract.ts'
import type { TemplateDifficulty } from '../../../src-core/templates/template-facts.ts'
import { createProject } from '../../state/project-actions.ts'
import { SketchPicture } from './sketch-picture.tsx'

const levels: Readonly<Record<TemplateDifficulty, { readonly label: string; readonly dots: string }>> = {
  easy: { label: 'Easy', dots: '●○○' },
  medium: { label: 'Medium', dots: '●●○' },
  advanced: { label: 'Advanced', dots: '●●●' },
}

/** A template to start from: a picture of its drawing, what it does, what it is trained on and how hard it is. */
export function TemplateCard({ template }: { readonly template: Template }) {
  const { title, description, data, difficulty, document } = template
  const sketch = useMemo(() => sketchOf(document), [document])
  const { label, dots } = levels[difficulty]
  return (
    <button type="button" className="template-card" onClick={() => void createProject(document)}>
      <SketchPicture sketch={sketch} />
      <span className="template-card__title">{title}</span>
      <span className="template-card__text">{description}</span>
      <span className="template-card__facts">
        <span className="template-card__data truncate" title={`Data: ${data}`}>
          <Database size={13} aria-hidden />
          <span className="visually-hidden">Data: </span>
          <span className="truncate">{data}</span>
        </span>
        <span className="template-card__level">
          <span aria-hidden>{dots}</span> {label}
        </span>
      </span>
    </button>
  )
}
