import { recipeMetric } from '../recipes/recipe-metrics.ts'
import { metricKinds } from '../run-config.ts'
import { metricRules } from './metric-rules.ts'
import { isReportedLoss, reportedLossTitles } from './reported-loss-titles.ts'

/** The name under which a metric is reported: its kind, with k for top-k accuracy (`top5Accuracy`). */
export function metricName(kind: (typeof metricKinds)[number], topK: number): string {
  return kind === 'topKAccuracy' ? `top${topK}Accuracy` : kind
}

/** A reported metric for people: `Accuracy`, `Top-5 accuracy`, `Loss of species`. Unknown names stay as they are. */
export function metricTitle(name: string): string {
  const { output, own } = metricParts(name)
  const title = ownTitle(own)
  return output === undefined ? title : `${title} of ${output}`
}

/** The same in the middle of a sentence: `accuracy`, `top-5 accuracy`, `AUC (ROC)`. */
export function metricPhrase(name: string): string {
  return metricTitle(name).replace(/^[A-Z](?=[a-z][a-z0-9-]*(\s|$))/, (letter) => letter.toLowerCase())
}

/** Whether a reported metric lies between 0 and 1 and is read as a percentage. */
export function isShareMetric(name: string): boolean {
  const { own } = metricParts(name)
  const kind = kindOf(own)
  return kind === undefined ? recipeMetric(own)?.isShare === true : metricRules[kind].isShare
}

/** What a reported name says. */
export interface MetricParts {
  /** Where there are several outputs. */
  readonly output: string | undefined
  readonly own: string
  /** Of a top-k accuracy. */
  readonly k: string | undefined
}

/** Takes a reported name apart. With several outputs it is `output.metric`; an output's own name may have dots. */
export function metricParts(name: string): MetricParts {
  const dot = name.lastIndexOf('.')
  const own = name.slice(dot + 1)
  return { output: dot < 0 ? undefined : name.slice(0, dot), own, k: topKOf(own) }
}

function ownTitle(own: string): string {
  if (own === 'loss') return 'Loss'
  if (own === 'learningRate') return 'Learning rate'
  if (isReportedLoss(own)) return reportedLossTitles[own]
  const k = topKOf(own)
  if (k !== undefined) return `Top-${k} accuracy`
  const kind = kindOf(own)
  return kind === undefined ? (recipeMetric(own)?.title ?? own) : metricRules[kind].title
}

function kindOf(own: string) {
  return topKOf(own) === undefined ? metricKinds.find((kind) => kind === own) : 'topKAccuracy'
}

function topKOf(own: string): string | undefined {
  return /^top(\d+)Accuracy$/.exec(own)?.[1]
}
