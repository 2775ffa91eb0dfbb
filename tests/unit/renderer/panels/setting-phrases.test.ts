// @vitest-environment node
import { afterEach, describe, expect, it } from 'vitest'
import { speak } from '../../../../src-core/language/t.ts'
import { describeSettings } from '../../../../src-core/training/describe-settings.ts'
import { metricTitle } from '../../../../src-core/training/metrics/metric-names.ts'
import {
  metricKinds,
  mixingKinds,
  optimizerKinds,
  type TrainingSettings,
  trainingSettingsSchema,
} from '../../../../src-core/training/run-config.ts'
import { scheduleKinds } from '../../../../src-core/training/schedules/schedule-config.ts'
import { clippingKinds } from '../../../../src-core/training/weight-update-config.ts'
import { metricLabel, metricPhrase } from '../../../../src-renderer/panels/training/metric-text.ts'
import { settingPhrases } from '../../../../src-renderer/panels/training/setting-phrases.ts'

afterEach(() => speak('en'))

const everythingElse = {
  warmUp: {},
  earlyStopping: { patience: 3 },
  gradientAccumulationSteps: 4,
  excludeFromWeightDecay: true,
  shuffle: false,
  weightAverage: {},
}
const settings = (part: object): TrainingSettings =>
  trainingSettingsSchema.parse({ ...everythingElse, ...part })
const switches = { amsgrad: true, centered: true, cycle: true, staircase: true }
const lengths = { decayLength: { unit: 'steps', count: 1 }, lengthDown: { unit: 'epochs', count: 1 } }

/** Settings in which everything is said that there is to say. */
const all: readonly TrainingSettings[] = [
  ...optimizerKinds.map((kind) => settings({ optimizer: { kind, ...switches } })),
  ...scheduleKinds.map((kind) => settings({ schedule: { kind, ...switches, ...lengths } })),
  ...['triangular2', 'expRange'].map((mode) => settings({ schedule: { kind: 'cyclical', mode } })),
  settings({ schedule: { kind: 'oneCycle', annealStrategy: 'linear' } }),
  ...clippingKinds.map((kind) => settings({ clipping: { kind, limit: 1 } })),
  ...mixingKinds.map((kind) => settings({ mixing: { kind } })),
]

/** Names that stay as they are in every language. */
const names = /\b(alpha|AMSGrad|beta[12]?|CutMix|epsilon[12]?|gamma|mixup|rho|L[12])\b|\de-\d/g

describe('settings in the language of the window', () => {
  it('are said in English as the core says them', () => {
    for (const some of all) expect(describeSettings(some, settingPhrases)).toEqual(describeSettings(some))
  })

  it('leave no English word in Chinese', () => {
    speak('zh-CN')
    const said = all.flatMap((some) => describeSettings(some, settingPhrases))
    expect(said.length).toBeGreaterThan(200)
    const english = said.flatMap(({ name, value }) =>
      [name, value].filter((text) => /[a-z]/i.test(text.replaceAll(names, ''))),
    )
    expect(english).toEqual([])
  })

  it('join details as Chinese does', () => {
    speak('zh-CN')
    const schedule = { kind: 'cosine', decayLength: { unit: 'epochs', count: 5 }, alpha: 0.1 }
    expect(describeSettings(settings({ schedule }), settingPhrases)[1]).toEqual({
      name: '调度参数',
      value: '衰减长度 5 轮，alpha 0.1',
    })
  })
})

describe('a metric in the language of the window', () => {
  it('is called in English as the core calls it', () => {
    for (const name of [...metricKinds, 'loss', 'top5Accuracy', 'species.loss', 'v1.2.r2', 'other'])
      expect(metricLabel(name)).toBe(metricTitle(name))
    expect(metricPhrase('species.accuracy')).toBe('accuracy of species')
  })

  it('is translated by its parts: what it measures, of how many, of which output', () => {
    speak('zh-CN')
    expect(metricLabel('loss')).toBe('损失')
    expect(metricLabel('top5Accuracy')).toBe('Top-5 准确率')
    expect(metricPhrase('species.loss')).toBe('species 的损失')
  })
})
