/**
 * 1 − Σ (target − prediction)² / Σ (target − mean)², averaged over the values of a sample. `sums` are three blocks, one
 * number per value each: squared errors, targets, squared targets. A value that is always the same has an R² of 0.
 * keras.metrics.R2Score.
 */
export function rSquared(sums: readonly number[], weight: number): number {
  const values = sums.length / 3
  let total = 0
  for (let index = 0; index < values; index++) {
    const errors = sums[index] ?? 0
    const target = sums[values + index] ?? 0
    const spread = (sums[2 * values + index] ?? 0) - (target * target) / weight
    total += spread > 0 ? 1 - errors / spread : 0
  }
  return total / values
}
