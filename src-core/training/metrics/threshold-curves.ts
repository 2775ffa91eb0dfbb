/** How many samples of either kind lie above each threshold. */
interface CurvePoint {
  readonly truePositives: number
  readonly falsePositives: number
}

/**
 * Area under the receiver operating characteristic, by the trapezoidal rule. `histogram` counts what should be 1 by
 * interval, then what should not. 0 when one of them is empty. keras.metrics.AUC(curve='ROC').
 */
export function receiverArea(histogram: readonly number[]): number {
  const curve = points(histogram)
  const [{ truePositives: positives, falsePositives: negatives } = nothing] = curve
  if (positives <= 0 || negatives <= 0) return 0
  return sumOver(curve, (above, below) => {
    const width = (above.falsePositives - below.falsePositives) / negatives
    return (width * (above.truePositives + below.truePositives)) / 2 / positives
  })
}

/**
 * Area under the precision-recall curve, interpolated as Davis and Goadrich do. keras.metrics.AUC(curve='PR'), whose
 * `interpolate_pr_auc` explains the formula.
 */
export function precisionRecallArea(histogram: readonly number[]): number {
  const curve = points(histogram)
  const [{ truePositives: positives } = nothing] = curve
  if (positives <= 0) return 0
  return sumOver(curve, (above, below) => {
    const gained = above.truePositives - below.truePositives
    const [all, fewer] = [above, below].map((point) => point.truePositives + point.falsePositives)
    if (all === undefined || fewer === undefined || all - fewer <= 0) return 0
    const slope = gained / (all - fewer)
    const intercept = below.truePositives - slope * fewer
    const ratio = all > 0 && fewer > 0 ? all / fewer : 1
    return (slope * (gained + intercept * Math.log(ratio))) / positives
  })
}

const nothing: CurvePoint = { truePositives: 0, falsePositives: 0 }

/** From the lowest threshold, above which everything lies, to the highest. */
function points(histogram: readonly number[]): CurvePoint[] {
  const count = histogram.length / 2
  const curve: CurvePoint[] = []
  let { truePositives, falsePositives } = nothing
  for (let index = count - 1; index >= 0; index--) {
    truePositives += histogram[index] ?? 0
    falsePositives += histogram[count + index] ?? 0
    curve.push({ truePositives, falsePositives })
  }
  return curve.reverse()
}

function sumOver(
  curve: readonly CurvePoint[],
  area: (above: CurvePoint, below: CurvePoint) => number,
): number {
  let total = 0
  for (let index = 0; index + 1 < curve.length; index++) {
    total += area(curve[index] ?? nothing, curve[index + 1] ?? nothing)
  }
  return total
}
