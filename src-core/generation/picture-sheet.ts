import type { Shape } from '../tensor-graph/types.ts'

/** Pictures beside each other: 8-bit red, green, blue and opacity, row by row. */
export interface PictureSheet {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array<ArrayBuffer>
}

/** Transparent pixels between pictures. */
const gap = 2

/**
 * Lays pictures out, `columns` samples beside each other. Each of `stacks` holds one picture of every sample, one after
 * the other, channels first, with 1 or 3 channels; those of one sample stand above each other.
 */
export function pictureSheet(stacks: readonly Uint8Array[], shape: Shape, columns: number): PictureSheet {
  const [channels = 1, height = 1, width = 1] = shape
  const size = channels * height * width
  const count = Math.floor((stacks[0]?.length ?? 0) / size)
  const across = Math.max(1, Math.min(columns, count))
  const down = Math.ceil(count / across) * stacks.length
  const sheet = {
    width: across * (width + gap) - gap,
    height: down * (height + gap) - gap,
    pixels: new Uint8Array(4 * (across * (width + gap) - gap) * (down * (height + gap) - gap)),
  }
  for (const [level, pictures] of stacks.entries()) {
    for (let sample = 0; sample < count; sample++) {
      const left = (sample % across) * (width + gap)
      const top = (Math.floor(sample / across) * stacks.length + level) * (height + gap)
      place(sheet, pictures.subarray(sample * size, (sample + 1) * size), {
        channels,
        height,
        width,
        left,
        top,
      })
    }
  }
  return sheet
}

interface Placing {
  readonly channels: number
  readonly height: number
  readonly width: number
  readonly left: number
  readonly top: number
}

function place({ width: sheetWidth, pixels }: PictureSheet, picture: Uint8Array, placing: Placing): void {
  const { channels, height, width, left, top } = placing
  const plane = height * width
  for (let at = 0; at < plane; at++) {
    const to = 4 * ((top + Math.floor(at / width)) * sheetWidth + left + (at % width))
    for (let channel = 0; channel < 3; channel++) {
      pixels[to + channel] = picture[(channels === 3 ? channel : 0) * plane + at] ?? 0
    }
    pixels[to + 3] = 255
  }
}
