import { createPortal } from 'react-dom'
import { t } from '../../src-core/language/t.ts'
import { useProject } from '../state/project-store.ts'
import { kindLabel, paletteFace } from './block-prototypes.ts'
import { categoryLook } from './categories.ts'
import { usePaletteDrag } from './palette-drag.ts'

/** The layer under the pointer while it is dragged from the palette. */
export function PaletteGhost() {
  const { kind, x, y, overWire } = usePaletteDrag()
  const definition = kind === null ? undefined : paletteFace(useProject.getState().drawing ?? {}, kind)
  if (!definition) return null
  const look = categoryLook(definition.category)
  const Icon = look.icon
  return createPortal(
    <div className="palette-ghost" style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}>
      <Icon size={15} aria-hidden style={{ color: look.colour }} />
      {kindLabel(definition)}
      {overWire !== null && <span className="palette-ghost__note">{t('insert on this wire')}</span>}
    </div>,
    document.body,
  )
}
