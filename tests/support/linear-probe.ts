/** Rows of numbers. */
export type Rows = readonly (readonly number[])[]

/**
 * Share of test rows that a linear classifier tells right: ridge regression from features (brought to mean 0 and variance
 * 1 of the training rows) to one column per class, in closed form: (XᵀX + λI)⁻¹ XᵀY.
 */
export function linearProbe(
  training: { readonly rows: Rows; readonly labels: readonly number[] },
  test: { readonly rows: Rows; readonly labels: readonly number[] },
  classes: number,
  penalty = 10,
): number {
  const scale = standardizer(training.rows)
  const x = training.rows.map(scale)
  const width = x[0]?.length ?? 0
  const gram = Array.from({ length: width }, (_, i) =>
    Array.from(
      { length: width },
      (_, j) => x.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0) + (i === j ? penalty : 0),
    ),
  )
  const right = Array.from({ length: width }, (_, i) =>
    Array.from({ length: classes }, (_, label) =>
      x.reduce((sum, row, at) => sum + (row[i] ?? 0) * (training.labels[at] === label ? 1 : 0), 0),
    ),
  )
  const weights = solve(gram, right)
  const hits = test.rows.filter((row, at) => {
    const values = scale(row)
    const scores = Array.from({ length: classes }, (_, label) =>
      values.reduce((sum, value, i) => sum + value * (weights[i]?.[label] ?? 0), 0),
    )
    return scores.indexOf(Math.max(...scores)) === test.labels[at]
  })
  return hits.length / test.rows.length
}

/** Brings values to mean 0 and variance 1 of these rows, and adds a 1. */
function standardizer(rows: Rows): (row: readonly number[]) => number[] {
  const width = rows[0]?.length ?? 0
  const columns = Array.from({ length: width }, (_, index) => rows.map((row) => row[index] ?? 0))
  const statistics = columns.map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    return { mean, deviation: Math.sqrt(variance) || 1 }
  })
  return (row) => [
    ...statistics.map(({ mean, deviation }, index) => ((row[index] ?? 0) - mean) / deviation),
    1,
  ]
}

/** X with A X = B, for positive definite A, by elimination. */
function solve(a: Rows, b: Rows): number[][] {
  const rows = a.map((row, index) => [...row, ...(b[index] ?? [])])
  const size = rows.length
  for (const [at, pivot] of rows.entries()) {
    const head = pivot[at] ?? 1
    for (let column = at; column < pivot.length; column++) pivot[column] = (pivot[column] ?? 0) / head
    for (const [other, row] of rows.entries()) {
      const factor = row[at] ?? 0
      if (other === at || factor === 0) continue
      for (let column = at; column < row.length; column++) {
        row[column] = (row[column] ?? 0) - factor * (pivot[column] ?? 0)
      }
    }
  }
  return rows.map((row) => row.slice(size))
}
