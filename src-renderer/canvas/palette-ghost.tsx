import { createPortal } from 'react-dom'
import { layerFace } from '../../src-core/document/blocks/layer-face.ts'
import { t } from '../../src-core/language/t.ts'
import { useProject } from '../state/project-store.ts'
import { categoryLook } from './categories.ts'
import { usePaletteDrag } from './palette-drag.ts'

/** The layer under the pointer while it is dragged from the palette. */
export function PaletteGhost() {
  const { kind, x, y, overWire } = usePaletteDrag()
  const definition = kind === null ? undefined : layerFace(useProject.getState().drawing ?? {}, kind)
  if (!definition) return null
  const look = categoryLook(definition.category)
  const Icon = look.icon
  return createPortal(
    <div className="palette-ghost" style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}>
      <Icon size={15} aria-hidden style={{ color: look.colour }} />
      {definition.label}
      {overWire !== null && <span className="palette-ghost__note">{t('insert on this wire')}</span>}
    </div>,
    document.body,
  )
}
