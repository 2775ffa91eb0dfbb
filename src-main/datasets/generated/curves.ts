import { Draws } from './draws.ts'
import { type GeneratedTable, numberColumn, rowNumbers } from './generated-table.ts'

const seed = 2

/** y = 2 x − 1 with noise of deviation 0.3. */
export function noisyLine(): GeneratedTable {
  const draws = new Draws(seed, 'line')
  const x = rowNumbers(300).map(() => draws.uniform(-2, 2))
  return {
    rows: x.length,
    columns: [
      numberColumn('x', x),
      numberColumn(
        'y',
        x.map((value) => 2 * value - 1 + draws.normal(0.3)),
      ),
    ],
  }
}

/** y = sin(3 x) + x / 2 with noise of deviation 0.1. */
export function noisyWave(): GeneratedTable {
  const draws = new Draws(seed, 'wave')
  const x = rowNumbers(1000).map(() => draws.uniform(-3, 3))
  const y = x.map((value) => Math.sin(3 * value) + value / 2 + draws.normal(0.1))
  return { rows: x.length, columns: [numberColumn('x', x), numberColumn('y', y)] }
}

/**
 * Friedman's first problem: y = 10 sin(π x₁ x₂) + 20 (x₃ − ½)² + 10 x₄ + 5 x₅ + noise; x₆ to x₁₀ mean nothing.
 * Source: J. H. Friedman, "Multivariate adaptive regression splines", 1991.
 */
export function friedman(): GeneratedTable {
  const draws = new Draws(seed, 'friedman')
  const rows = rowNumbers(2000).map(() => rowNumbers(10).map(() => draws.uniform()))
  const y = rows.map(([a = 0, b = 0, c = 0, d = 0, e = 0]) => {
    return 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + draws.normal()
  })
  const columns = rowNumbers(10).map((index) =>
    numberColumn(
      `x${index + 1}`,
      rows.map((row) => row[index] ?? 0),
    ),
  )
  return { rows: rows.length, columns: [...columns, numberColumn('y', y)] }
}
