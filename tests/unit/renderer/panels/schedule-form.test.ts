// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { trainingSettingsSchema } from '../../../../src-core/training/run-config.ts'
import { scheduleKinds, scheduleSchema } from '../../../../src-core/training/schedules/schedule-config.ts'
import { learningRateSeries, metricNames } from '../../../../src-renderer/panels/training/curves.ts'
import { parsePieces, piecesText } from '../../../../src-renderer/panels/training/pieces-text.ts'
import { canPreview, previewSeries } from '../../../../src-renderer/panels/training/preview-series.ts'
import { scheduleFields } from '../../../../src-renderer/panels/training/schedule-fields.ts'

describe('the form of a schedule', () => {
  it.each(scheduleKinds)('has a field for everything that %s can be told', (kind) => {
    const schedule = scheduleSchema.parse({ kind })
    const ownForms = ['kind', 'monitor', ...(kind === 'piecewise' ? ['unit', 'pieces'] : [])]
    expect(scheduleFields(schedule).map(({ key }) => key)).toEqual(
      Object.keys(schedule).filter((key) => !ownForms.includes(key)),
    )
  })

  it('offers every choice there is, and none else', () => {
    for (const kind of scheduleKinds) {
      const schedule = scheduleSchema.parse({ kind })
      for (const field of scheduleFields(schedule)) {
        if (field.type !== 'choice') continue
        const accepted = (value: string) =>
          scheduleSchema.safeParse({ ...schedule, [field.key]: value }).success
        expect(Object.keys(field.options).filter((value) => !accepted(value))).toEqual([])
      }
    }
  })

  it('reads and writes the changes of a piecewise schedule as text', () => {
    const pieces = [
      { at: 5, factor: 0.1 },
      { at: 7.5, factor: 2 },
    ]
    expect(piecesText(pieces)).toBe('5: 0.1; 7.5: 2')
    expect(parsePieces(piecesText(pieces))).toEqual(pieces)
    expect(parsePieces(' 3 : 1e-3 ;')).toEqual([{ at: 3, factor: 0.001 }])
    for (const text of ['5', '5: x', '5: 0.1: 3', '5; 0.1']) expect(parsePieces(text)).toBeUndefined()
  })
})

describe('the preview of a schedule', () => {
  const settings = (part: object) => trainingSettingsSchema.parse({ epochs: 10, ...part })

  it('reaches from the first step to the last, over epochs', () => {
    const [series] = previewSeries(settings({ schedule: { kind: 'cosine' } }), 50)
    expect(series?.points).toHaveLength(500)
    expect(series?.points[0]).toEqual([0, 0.001])
    expect(series?.points.at(-1)?.[0]).toBe(9.98)
    expect(series?.points.at(-1)?.[1]).toBeLessThan(1e-7)
  })

  it('is thinned for long runs, and drawn for one of a single step', () => {
    expect(previewSeries(settings({ epochs: 1000 }), 5000)[0]?.points).toHaveLength(1000)
    expect(previewSeries(settings({ epochs: 1 }), 1)[0]?.points).toEqual([[0, 0.001]])
  })

  it('is left out where there is nothing to see, or nothing to know yet', () => {
    expect(canPreview(settings({}))).toBe('constant')
    expect(canPreview(settings({ schedule: { kind: 'reduceOnPlateau' } }))).toBe('afterResults')
    expect(canPreview(settings({ warmUp: {} }))).toBe('curve')
  })
})

describe('the curve of the learning rates of a run', () => {
  const epoch = (number: number, train: Readonly<Record<string, number>>) => ({
    epoch: number,
    step: number * 10,
    train,
    validation: null,
    seconds: 1,
    samplesPerSecond: 1,
  })

  it('joins what was seen on the way with what the epochs ended with', () => {
    const source = {
      steps: [],
      epochs: [epoch(1, { loss: 1, learningRate: 0.2 }), epoch(2, { loss: 1, learningRate: 0.1 })],
      progress: [{ step: 4, metrics: { learningRate: 0.05 } }],
    }
    expect(learningRateSeries(source)[0]?.points).toEqual([
      [4, 0.05],
      [10, 0.2],
      [20, 0.1],
    ])
    expect(metricNames(source)).toEqual([])
  })

  it('is not drawn where it never changes, or was not recorded', () => {
    const flat = [epoch(1, { loss: 1, learningRate: 0.2 }), epoch(2, { loss: 1, learningRate: 0.2 })]
    expect(learningRateSeries({ steps: [], epochs: flat })).toEqual([])
    expect(learningRateSeries({ steps: [], epochs: [epoch(1, { loss: 1 })] })).toEqual([])
  })
})
