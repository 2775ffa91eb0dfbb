import { Draws } from './draws.ts'
import { categoryColumn, type GeneratedTable, rowNumbers } from './generated-table.ts'

const seed = 5

type Inside = (x: number, y: number) => boolean

const distance = (x: number, y: number) => Math.hypot(x, y)
const reach = (x: number, y: number) => Math.max(Math.abs(x), Math.abs(y))
const steps = (x: number, y: number) => Math.abs(x) + Math.abs(y)

/** Whether a point is part of a shape around 0 with a radius of 1; y grows downwards. */
const shapes: readonly (readonly [name: string, inside: Inside])[] = [
  ['circle', (x, y) => distance(x, y) <= 1],
  ['ring', (x, y) => distance(x, y) <= 1 && distance(x, y) >= 0.55],
  ['square', (x, y) => reach(x, y) <= 0.9],
  ['frame', (x, y) => reach(x, y) <= 0.95 && reach(x, y) >= 0.55],
  ['triangle', (x, y) => y <= 0.8 && y >= -1 + 2 * Math.abs(x)],
  ['diamond', (x, y) => steps(x, y) <= 1.1],
  ['plus', (x, y) => reach(x, y) <= 1 && Math.min(Math.abs(x), Math.abs(y)) <= 0.3],
  ['cross', (x, y) => reach(x, y) <= 1 && Math.abs(Math.abs(x) - Math.abs(y)) <= 0.4],
  ['bar', (x, y) => Math.abs(x) <= 1 && Math.abs(y) <= 0.35],
  ['pole', (x, y) => Math.abs(x) <= 0.35 && Math.abs(y) <= 1],
]

interface Placed {
  readonly x: number
  readonly y: number
  readonly radius: number
}

function place(draws: Draws, size: number): Placed {
  const radius = draws.uniform(size * 0.18, size * 0.36)
  return {
    radius,
    x: draws.uniform(radius, size - radius),
    y: draws.uniform(radius, size - radius),
  }
}

/** Two colours that differ clearly, each a number per channel from 0 to 255. */
function colours(draws: Draws, channels: number): readonly [number[], number[]] {
  for (;;) {
    const [one, other] = [0, 1].map(() => rowNumbers(channels).map(() => draws.uniform(20, 235)))
    const apart = one?.reduce((sum, value, index) => sum + Math.abs(value - (other?.[index] ?? 0)), 0) ?? 0
    if (one && other && apart > 70 * channels) return [one, other]
  }
}

function pixel(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)))
}

/**
 * Pictures of ten shapes, 3 × 32 × 32: colours, place and size are random, with noise on every pixel. They stand in for
 * CIFAR-10, which cannot ship with the app: colour alone tells nothing.
 */
export function colouredShapes(): GeneratedTable {
  const draws = new Draws(seed, 'coloured shapes')
  const [rows, size] = [2000, 32]
  const values = new Uint8Array(rows * 3 * size * size)
  const labels = rowNumbers(rows).map((row) => row % shapes.length)
  for (const [row, label] of labels.entries()) {
    const inside = shapes[label]?.[1]
    const at = place(draws, size)
    const [shape, ground] = colours(draws, 3)
    for (let index = 0; index < size * size; index++) {
      const [x, y] = [(index % size) + 0.5 - at.x, Math.floor(index / size) + 0.5 - at.y]
      const colour = inside?.(x / at.radius, y / at.radius) ? shape : ground
      for (let channel = 0; channel < 3; channel++) {
        values[(row * 3 + channel) * size * size + index] = pixel(
          (colour[channel] ?? 0) + draws.uniform(-20, 20),
        )
      }
    }
  }
  const names = shapes.map(([name]) => name)
  return {
    rows,
    columns: [
      { type: 'image', name: 'image', shape: [3, size, size], values },
      categoryColumn('shape', names, labels),
    ],
  }
}

/** Grey pictures of three shapes each, 1 × 32 × 32, beside masks that are white where a circle is. */
export function shapeMasks(): GeneratedTable {
  const draws = new Draws(seed, 'shape masks')
  const [rows, size] = [1000, 32]
  const images = new Uint8Array(rows * size * size)
  const masks = new Uint8Array(rows * size * size)
  const [circle, ...others] = shapes
  for (let row = 0; row < rows; row++) {
    const drawn = [circle, others[draws.below(others.length)], others[draws.below(others.length)]].map(
      (shape) => ({
        inside: shape?.[1],
        isCircle: shape === circle,
        at: place(draws, size),
        grey: draws.uniform(120, 240),
      }),
    )
    for (let index = 0; index < size * size; index++) {
      const [x, y] = [(index % size) + 0.5, Math.floor(index / size) + 0.5]
      const top = drawn.findLast(({ inside, at }) => inside?.((x - at.x) / at.radius, (y - at.y) / at.radius))
      images[row * size * size + index] = pixel((top?.grey ?? 40) + draws.uniform(-25, 25))
      masks[row * size * size + index] = top?.isCircle ? 255 : 0
    }
  }
  return {
    rows,
    columns: [
      { type: 'image', name: 'image', shape: [1, size, size], values: images },
      { type: 'image', name: 'mask', shape: [1, size, size], values: masks },
    ],
  }
}
