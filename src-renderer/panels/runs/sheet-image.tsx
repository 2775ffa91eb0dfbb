import { useEffect, useRef } from 'react'
import type { Pictures } from '../../../src-core/ipc/contract.ts'

interface SheetImageProps {
  readonly sheet: Pictures['sheet']
  readonly label: string
}

/** Draws a sheet of pictures as it is, scaled up without smoothing. */
export function SheetImage({ sheet, label }: SheetImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height, pixels } = sheet
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    context?.putImageData(new ImageData(Uint8ClampedArray.from(pixels), width, height), 0, 0)
  }, [width, height, pixels])
  return (
    <canvas
      ref={canvas}
      className="sheet-image"
      width={width}
      height={height}
      role="img"
      aria-label={label}
    />
  )
}
