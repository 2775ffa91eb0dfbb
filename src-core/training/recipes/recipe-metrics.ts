import { assertNever } from '../../assert-never.ts'
import type { MetricReading, SumLayout } from '../metrics/read-metrics.ts'
import type { Recipe } from './recipe-config.ts'

/** What recipes report, with how people read it. */
export const recipeMetrics = {
  discriminatorLoss: { title: 'Discriminator loss', isShare: false },
  generatorLoss: { title: 'Generator loss', isShare: false },
  realJudgedRight: { title: 'Real judged right', isShare: true },
  generatedJudgedRight: { title: 'Generated judged right', isShare: true },
  otherViewFound: { title: 'Other view found', isShare: true },
} as const
export type RecipeMetric = keyof typeof recipeMetrics

/** The entry of a name that a recipe reports; `undefined` for any other name. */
export function recipeMetric(name: string): (typeof recipeMetrics)[RecipeMetric] | undefined {
  const found = Object.entries(recipeMetrics).find(([key]) => key === name)
  return found?.[1]
}

/** Names of everything that is reported of an epoch under a recipe. */
export function recipeMetricNames({ kind }: Recipe): string[] {
  switch (kind) {
    case 'adversarial':
      return ['discriminatorLoss', 'generatorLoss', 'realJudgedRight', 'generatedJudgedRight']
    case 'contrastive':
      return ['loss', 'otherViewFound']
    default:
      return assertNever(kind)
  }
}

/**
 * The sums of a recipe: `sampleWeight`, `loss`, then one column for each metric that is not the loss itself. The loss of
 * a GAN, which is not reported, is the sum of both networks' losses: it tells when either runs away.
 */
export function recipeLayout(recipe: Recipe): SumLayout {
  const names = recipeMetricNames(recipe)
  const sumNames = ['sampleWeight', 'loss', ...names.filter((name) => name !== 'loss')]
  const metrics = names.map(
    (name): MetricReading => ({ name, kind: 'mean', from: sumNames.indexOf(name), width: 1 }),
  )
  return { sumNames, metrics }
}
