import { Draws } from './draws.ts'
import { categoryColumn, type GeneratedTable, numberColumn, rowNumbers } from './generated-table.ts'

const seed = 1
const twoClasses = ['blue', 'orange']

interface Point {
  readonly x: number
  readonly y: number
  readonly label: number
}

function pointTable(points: readonly Point[], classes: readonly string[]): GeneratedTable {
  return {
    rows: points.length,
    columns: [
      numberColumn(
        'x',
        points.map(({ x }) => x),
      ),
      numberColumn(
        'y',
        points.map(({ y }) => y),
      ),
      categoryColumn(
        'class',
        classes,
        points.map(({ label }) => label),
      ),
    ],
  }
}

/** Two spirals that wind around each other, 500 points each (after Lang and Witbrock 1988), with a little noise. */
export function spirals(): GeneratedTable {
  const draws = new Draws(seed, 'spirals')
  const perClass = 500
  const points = rowNumbers(2 * perClass).map((row): Point => {
    const label = row % 2
    const along = Math.floor(row / 2) / perClass
    const angle = along * 3.5 * Math.PI + label * Math.PI
    const radius = 0.1 + 0.9 * along
    return {
      x: radius * Math.cos(angle) + draws.normal(0.02),
      y: radius * Math.sin(angle) + draws.normal(0.02),
      label,
    }
  })
  return pointTable(points, twoClasses)
}

/** Exclusive or: the class tells whether x and y have different signs. */
export function exclusiveOr(): GeneratedTable {
  const draws = new Draws(seed, 'xor')
  const points = rowNumbers(800).map((): Point => {
    const [x, y] = [draws.uniform(-1, 1), draws.uniform(-1, 1)]
    return { x, y, label: x * y < 0 ? 1 : 0 }
  })
  return pointTable(points, ['same sign', 'different signs'])
}

/** Two clouds of points that overlap a little: what a straight line can tell apart. */
export function clouds(): GeneratedTable {
  const draws = new Draws(seed, 'clouds')
  const points = rowNumbers(600).map((row): Point => {
    const label = row % 2
    const centre = label === 0 ? -1 : 1
    return { x: centre + draws.normal(0.8), y: centre * 0.7 + draws.normal(0.8), label }
  })
  return pointTable(points, twoClasses)
}
