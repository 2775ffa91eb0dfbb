import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { diffDocuments } from '../../../../src-core/document/diff.ts'
import { diffSentence } from '../../../../src-core/document/diff-text.ts'
import type { ModelDocument } from '../../../../src-core/document/model-document.ts'
import { speak } from '../../../../src-core/language/t.ts'
import { trainingSettingsSchema } from '../../../../src-core/training/run-config.ts'
import { blockLines, wireLine } from '../../../../src-renderer/panels/compare/compare-lines.ts'
import { changedName, changedValue } from '../../../../src-renderer/panels/compare/compare-words.ts'
import { diffSummary } from '../../../../src-renderer/panels/compare/diff-summary.ts'
import { settingWords } from '../../../../src-renderer/panels/compare/setting-words.ts'
import { documentOf } from '../support/documents.ts'

afterEach(() => speak('en'))

const before = documentOf([
  ['input_1', 'input', { shape: [8] }],
  ['dense_1', 'dense', { units: 4 }],
  ['dropout_1', 'dropout'],
  ['output_1', 'output'],
])

function changed(): ModelDocument {
  const document = documentOf([
    ['input_1', 'input', { shape: [8] }],
    ['dense_1', 'dense', { units: 5, activation: 'relu' }],
    ['output_1', 'output'],
  ])
  return {
    ...document,
    name: 'Another',
    description: 'Better',
    layers: document.layers.map((layer) =>
      layer.id === 'input_1' ? { ...layer, position: { x: 900, y: 0 } } : layer,
    ),
    training: { ...document.training, epochs: 20, normalization: 'none' },
  }
}

describe('the summary of differences', () => {
  it('reads in English as the command line prints it', () => {
    const moved = {
      ...before,
      layers: before.layers.map((layer) => ({ ...layer, position: { x: 7, y: 7 } })),
    }
    for (const other of [before, moved, changed()]) {
      const diff = diffDocuments(before, other)
      expect(diffSummary(diff)).toBe(diffSentence(diff))
      const back = diffDocuments(other, before)
      expect(diffSummary(back)).toBe(diffSentence(back))
    }
  })

  it('is one Chinese sentence', () => {
    speak('zh-CN')
    expect(diffSummary(diffDocuments(before, before))).toBe('没有差异。')
    expect(diffSummary(diffDocuments(before, changed()))).toMatch(
      /^移除了 1 个层，更改了 1 个层，.*更改了 2 项训练设置，更改了名称和说明；\d 个层在画布上移动了位置。$/,
    )
  })
})

/** Names of a setting that are the same in every language: Greek letters and what papers call it. */
const names = new Set([
  'amsgrad',
  'rho',
  'alpha',
  'beta',
  'beta1',
  'beta2',
  'gamma',
  'epsilon',
  'epsilon1',
  'epsilon2',
])

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

function keysOf({ properties = {}, anyOf = [], oneOf = [] }: JsonSchema): string[] {
  return [...Object.keys(properties), ...[...Object.values(properties), ...anyOf, ...oneOf].flatMap(keysOf)]
}

describe('what changed', () => {
  it('has a word for every training setting', () => {
    const keys = keysOf(
      z.toJSONSchema(trainingSettingsSchema, { unrepresentable: 'any', io: 'input' }) as JsonSchema,
    )
    expect(keys).toContain('restoreBestWeights')
    expect(keys.filter((key) => settingWords[key] === undefined && !names.has(key))).toEqual([])
  })

  it('says a setting in English by its name with spaces', () => {
    for (const [key, word] of Object.entries(settingWords)) {
      expect(word).toBe(key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
    }
    expect(changedName('training', ['optimizer', 'learningRate'])).toBe('Optimizer learning rate')
    expect(changedName('layer', ['parameters', 'units'], 'dense')).toBe('Units')
    expect(changedName('dataset', ['inputs', 'Input_A'])).toBe('Inputs Input_A')
  })

  it('is said in Chinese, but names that people gave stay', () => {
    speak('zh-CN')
    expect(changedName('training', ['optimizer', 'learningRate'])).toBe('优化器 · 学习率')
    expect(changedName('training', ['classWeights', 'test'])).toBe('类别权重 · test')
    expect(changedValue('training', ['normalization'], 'none')).toBe('无')
    expect(changedValue('document', ['name'], 'none')).toBe('none')
    expect(changedValue('layer', ['bypassed'], true)).toBe('是')
    expect(
      wireLine({
        type: 'reordered',
        target: 'add_1',
        targetPort: 'inputs',
        before: ['a', 'b'],
        after: ['b', 'a'],
      }).text,
    ).toBe('add_1 的输入顺序：a，b → b，a')
  })

  it('names what happened inside of a block', () => {
    const [added] = blockLines({ type: 'added', name: 'Encoder', changes: [], layers: [], wires: [] })
    expect(added).toEqual({ mark: 'added', text: 'Encoder block' })
    const layers = diffDocuments(before, changed()).layers
    const lines = blockLines({ type: 'changed', name: 'Encoder', changes: [], layers, wires: [] })
    expect(lines.map(({ text }) => text)).toEqual([
      'Encoder/dropout_1 Dropout',
      'Encoder/dense_1 units: 4 → 5',
      expect.stringMatching(/^Encoder\/dense_1 activation: .+ → relu$/),
    ])
  })
})
