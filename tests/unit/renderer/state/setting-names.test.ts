import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import { speak } from '../../../../src-core/language/t.ts'
import { trainingSettingsSchema } from '../../../../src-core/training/run-config.ts'
import { settingName, settingNames } from '../../../../src-renderer/state/setting-names.ts'

afterEach(() => speak('en'))

/** The keys of every object in a JSON schema. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, value]) => [
    ...(name === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...keysOf(value),
  ])
}

const keys = [...new Set(keysOf(z.toJSONSchema(trainingSettingsSchema, { unrepresentable: 'any' })))]

it('has a name for every key of the training settings: its words', () => {
  expect(keys.length).toBeGreaterThan(50)
  const words = (key: string) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  expect(keys.filter((key) => settingNames.get(key) !== words(key))).toEqual([])
})

it('names a setting by the words of its keys, and a class as people do', () => {
  expect(settingName(['optimizer', 'learningRate'])).toBe('optimizer learning rate')
  expect(settingName(['classWeights', 'Test'])).toBe('class weights Test')
  speak('zh-CN')
  expect(settingName(['optimizer', 'learningRate'])).toBe('优化器 学习率')
  expect(settingName(['precision'])).toBe('数值精度')
  expect(settingName(['classWeights', 'test'])).toBe('类别权重 test')
})
