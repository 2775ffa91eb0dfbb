import { useEffect, useRef } from 'react'

interface PixelImageProps {
  /** 0–255, channel by channel, row by row. */
  readonly pixels: readonly number[]
  /** [channels, height, width]; 1 channel is grey, 3 are red, green and blue. */
  readonly shape: readonly number[]
  readonly label: string
}

/** Draws stored pixels, one device pixel each, scaled up without smoothing. */
export function PixelImage({ pixels, shape, label }: PixelImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [channels = 1, height = 1, width = 1] = shape
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(width, height)
    const plane = width * height
    for (let i = 0; i < plane; i += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        image.data[i * 4 + channel] = pixels[(channels >= 3 ? channel : 0) * plane + i] ?? 0
      }
      image.data[i * 4 + 3] = 255
    }
    context.putImageData(image, 0, 0)
  }, [pixels, channels, height, width])
  return (
    <canvas
      ref={canvas}
      className="pixel-image"
      width={width}
      height={height}
      role="img"
      aria-label={label}
    />
  )
}
