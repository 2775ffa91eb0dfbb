import { Draws } from './draws.ts'
import { categoryColumn, type GeneratedTable, numberColumn, rowNumbers } from './generated-table.ts'

const seed = 3

const cities = ['Aalen', 'Bergen', 'Cadiz', 'Delft', 'Evora', 'Fermo']
/** What a square metre costs in each city. */
const cityPrices = [2.1, 3.4, 1.8, 4.2, 1.5, 2.6]
const kinds = ['flat', 'house', 'loft']
const kindFactors = [1, 0.9, 1.25]

/**
 * Made-up homes: the price follows from city, kind, size and age together, with noise of 5 percent. City and kind also
 * come as numbers, for embeddings.
 */
export function homes(): GeneratedTable {
  const draws = new Draws(seed, 'homes')
  const rows = rowNumbers(2000).map(() => {
    const [city, kind] = [draws.below(cities.length), draws.below(kinds.length)]
    const [size, age] = [draws.uniform(30, 200), draws.uniform(0, 100)]
    const perMetre = (cityPrices[city] ?? 0) * (kindFactors[kind] ?? 0)
    const price = perMetre * size * (1 - 0.3 * (age / 100)) * (1 + draws.normal(0.05))
    return { city, kind, size, age, price }
  })
  return {
    rows: rows.length,
    columns: [
      numberColumn(
        'city',
        rows.map(({ city }) => city),
      ),
      numberColumn(
        'kind',
        rows.map(({ kind }) => kind),
      ),
      numberColumn(
        'size',
        rows.map(({ size }) => size),
      ),
      numberColumn(
        'age',
        rows.map(({ age }) => age),
      ),
      numberColumn(
        'price',
        rows.map(({ price }) => price),
      ),
      categoryColumn(
        'city name',
        cities,
        rows.map(({ city }) => city),
      ),
      categoryColumn(
        'kind name',
        kinds,
        rows.map(({ kind }) => kind),
      ),
    ],
  }
}

/** Two sensors of three numbers each; what is asked for is a product across them plus a sum. */
export function twoSensors(): GeneratedTable {
  const draws = new Draws(seed, 'sensors')
  const rows = rowNumbers(1500).map(() => rowNumbers(6).map(() => draws.normal()))
  const reading = rows.map(([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => {
    return a * d + 0.5 * (b + e) + Math.tanh(c - f) + draws.normal(0.05)
  })
  const columns = ['left 1', 'left 2', 'left 3', 'right 1', 'right 2', 'right 3'].map((name, index) =>
    numberColumn(
      name,
      rows.map((row) => row[index] ?? 0),
    ),
  )
  return { rows: rows.length, columns: [...columns, numberColumn('reading', reading)] }
}
