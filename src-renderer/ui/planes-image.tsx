import { useEffect, useMemo, useRef } from 'react'
import type { LayerView, Planes } from '../../src-core/preview/layer-view.ts'
import { planesSheet } from '../../src-core/preview/view-sheet.ts'

interface PlanesImageProps {
  readonly planes: Planes
  readonly className?: string
  /** Planes beside each other; about as many as above each other when absent. */
  readonly columns?: number
  readonly mask?: LayerView['mask']
  /** Accessible name; without one the picture is decorative. */
  readonly label?: string
}

/** Draws the planes of a value, one pixel each, scaled up without smoothing. */
export function PlanesImage({ planes, className, columns, mask = null, label }: PlanesImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const sheet = useMemo(() => planesSheet(planes, columns, mask), [planes, columns, mask])
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(sheet.width, sheet.height)
    image.data.set(sheet.pixels)
    context.putImageData(image, 0, 0)
  }, [sheet])
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <canvas ref={canvas} className={className} width={sheet.width} height={sheet.height} {...named} />
}
