/** Elements `start` to `end` (exclusive) of an axis. */
export interface Bin {
  readonly start: number
  readonly end: number
}

/**
 * `count` bins over an axis of `size` elements, as torch.nn.AdaptiveAvgPool2d cuts them: bin i goes from
 * floor(i · size / count) to ceil((i + 1) · size / count), so that bins may overlap by one element.
 */
export function adaptiveBins(size: number, count: number): Bin[] {
  return Array.from({ length: count }, (_, index) => ({
    start: Math.floor((index * size) / count),
    end: Math.ceil(((index + 1) * size) / count),
  }))
}
