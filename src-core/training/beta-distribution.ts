/**
 * Quantiles of the symmetric beta distribution with both parameters `alpha`, at 0, 1 / count, 2 / count … 1: the values
 * below which it falls with those probabilities. Within 1e-12.
 */
export function betaQuantiles(alpha: number, count: number): Float64Array {
  const quantiles = new Float64Array(count + 1)
  const half = 0.5 / lowerShare(alpha, 0.5)
  for (let at = 1; 2 * at <= count; at++) {
    quantiles[at] = quantile(alpha, at / count, half)
  }
  // The distribution is symmetric.
  for (let at = 0; 2 * at < count; at++) quantiles[count - at] = 1 - (quantiles[at] ?? 0)
  return quantiles
}

/** By bisection, for probabilities up to ½. */
function quantile(alpha: number, probability: number, factor: number): number {
  let [low, high] = [0, 0.5]
  for (let round = 0; round < 48; round++) {
    const middle = (low + high) / 2
    if (factor * lowerShare(alpha, middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * The incomplete beta function B(x; α, α) up to a constant factor, for x ≤ ½: x^α (1 − x)^α times a continued fraction,
 * evaluated by Lentz's method (DLMF 8.17.22). The factor follows from half of the distribution lying below ½.
 */
function lowerShare(alpha: number, x: number): number {
  let c = 1
  let d = 1 / (1 - (2 * alpha * x) / (alpha + 1))
  let fraction = d
  for (let m = 1; m <= 200; m++) {
    const even = (m * (alpha - m) * x) / ((alpha + 2 * m - 1) * (alpha + 2 * m))
    const odd = -((alpha + m) * (2 * alpha + m) * x) / ((alpha + 2 * m) * (alpha + 2 * m + 1))
    const before = fraction
    for (const coefficient of [even, odd]) {
      d = 1 / (1 + coefficient * d)
      c = 1 + coefficient / c
      fraction *= c * d
    }
    if (Math.abs(fraction - before) < 1e-15 * fraction) break
  }
  return (x * (1 - x)) ** alpha * fraction
}
