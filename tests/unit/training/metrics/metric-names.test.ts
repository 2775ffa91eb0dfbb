import { describe, expect, it } from 'vitest'
import {
  isShareMetric,
  metricName,
  metricPhrase,
  metricTitle,
} from '../../../../src-core/training/metrics/metric-names.ts'
import { metricKinds } from '../../../../src-core/training/run-config.ts'

describe('the name of a metric', () => {
  it.each([
    ['loss', 'Loss', 'loss'],
    ['accuracy', 'Accuracy', 'accuracy'],
    ['top5Accuracy', 'Top-5 accuracy', 'top-5 accuracy'],
    ['auc', 'AUC (ROC)', 'AUC (ROC)'],
    ['f1', 'F1', 'F1'],
    ['iou', 'IoU', 'IoU'],
    ['meanIou', 'Mean IoU', 'mean IoU'],
    ['klDivergence', 'Kullback-Leibler divergence', 'Kullback-Leibler divergence'],
    ['species.loss', 'Loss of species', 'loss of species'],
    ['v1.2.r2', 'R² of v1.2', 'R² of v1.2'],
    ['somethingElse', 'somethingElse', 'somethingElse'],
  ])('%s is %s for people', (name, title, phrase) => {
    expect(metricTitle(name)).toBe(title)
    expect(metricPhrase(name)).toBe(phrase)
  })

  it('is different for every kind', () => {
    const titles = metricKinds.map((kind) => metricTitle(metricName(kind, 5)))
    expect(new Set(titles).size).toBe(metricKinds.length)
    expect(titles.every((title) => /^[A-Z]/.test(title))).toBe(true)
  })

  it('tells percentages from other numbers', () => {
    expect(['accuracy', 'top3Accuracy', 'out.precision', 'meanIou'].map(isShareMetric)).not.toContain(false)
    expect(['loss', 'auc', 'r2', 'out.loss', 'unknown'].map(isShareMetric)).not.toContain(true)
  })
})
