import { describe, expect, test } from 'vitest'
import { SentenceTranslator } from '../../../src-core/language/sentence.ts'
import { chineseSentences } from '../../../src-core/language/zh-CN/index.ts'
import { lossRules } from '../../../src-core/training/losses/loss-rules.ts'
import { metricRules } from '../../../src-core/training/metrics/metric-rules.ts'
import { speakingFiles, spokenTemplates } from './sentences.ts'
import { builtTemplates } from './silent.ts'

const spoken = speakingFiles.flatMap(spokenTemplates)
const built = builtTemplates.flatMap(({ texts }) => texts)
const entries = Object.entries(chineseSentences)

function placesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\d+)(?::\w+)?\}/g)].map((match) => match[1] ?? '').toSorted()
}

/** What a place may hold, by the kind that the translation gives it. */
const samples: Readonly<Record<string, string>> = {
  '': 'name_1',
  word: 'name_1',
  value: '3',
  one: 'name_1',
  name: 'name_1',
  phrase: 'an image',
}

/** A template, or its translation, with every place filled. */
function filled(text: string, translation: string, say: (value: string) => string): string {
  const kinds = new Map([...translation.matchAll(/\{(\d+)(?::(\w+))?\}/g)].map(([, at, kind]) => [at, kind]))
  return text.replaceAll(/\{(\d+)(?::\w+)?\}/g, (_, at: string) => say(samples[kinds.get(at) ?? ''] ?? ''))
}

describe('the Chinese of sentences', () => {
  test('is there for every sentence and phrase that the core and main say', () => {
    const missing = spoken.filter(({ template }) => chineseSentences[template] === undefined)
    expect(missing.map(({ where, template }) => `${where} ${template}`)).toEqual([])
  })

  test('is there for every built template and every title of a loss or metric', () => {
    const titles = [...Object.values(lossRules), ...Object.values(metricRules)].map(({ title }) => title)
    expect([...built, ...titles].filter((text) => chineseSentences[text] === undefined)).toEqual([])
  })

  test('has nothing that is no longer said', () => {
    const said = new Set([...spoken.map(({ template }) => template), ...built])
    expect(entries.map(([template]) => template).filter((template) => !said.has(template))).toEqual([])
  })

  test('keeps the places', () => {
    const wrong = entries.filter(([text, said]) => placesOf(text).join() !== placesOf(said).join())
    expect(wrong).toEqual([])
  })

  test('is Chinese, with its punctuation and without double spaces', () => {
    const names = /^[\w\s{}:×.²，。（）-]*$/
    const wrong = entries.filter(
      ([, said]) =>
        (!/\p{Script=Han}/u.test(said) && !names.test(said)) || /\p{Script=Han}[,;!?]| {2}|。。/u.test(said),
    )
    expect(wrong).toEqual([])
  })

  test('ends as the English does', () => {
    const wrong = entries.filter(([text, said]) => /[.!?]$/.test(text) !== /[。！？]$/.test(said))
    expect(wrong).toEqual([])
  })

  test('is found for every template, whatever fills it, and by no other template', () => {
    const translator = new SentenceTranslator(chineseSentences)
    const space = (text: string) => text.replaceAll(' ', '')
    const wrong = entries
      .map(([template, said]) => ({
        text: filled(template, said, (value) => value),
        expected: filled(said, said, (value) => (value === 'an image' ? '图像' : value)),
      }))
      .map((each) => ({ ...each, found: translator.find(each.text) ?? '' }))
      .filter(({ expected, found }) => space(found) !== space(expected))
    expect(wrong).toEqual([])
  })
})
