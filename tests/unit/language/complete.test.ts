import { globSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { englishPlurals } from '../../../src-core/language/english-plurals.ts'
import { chinese } from '../../../src-core/language/zh-CN/index.ts'
import { root, type SourceText, translatedTexts, untranslatedTexts } from './texts.ts'

const windowFiles = globSync('{src-renderer,src-main/window,src-main/ipc}/**/*.{ts,tsx}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .toSorted()
const texts = windowFiles.flatMap(translatedTexts)

/** The keys that i18next looks up for a text. */
function keysOf({ text, counted, context }: SourceText): readonly string[] {
  const key = context === undefined ? text : `${text}_${context}`
  return counted ? [`${key}_other`] : [key]
}

function placesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g), ...text.matchAll(/<(\/?\w+)>/g)]
    .map((match) => match[1] ?? '')
    .toSorted()
}

describe('Simplified Chinese', () => {
  test('has every text of the window', () => {
    const missing = texts.filter((text) => keysOf(text).some((key) => chinese[key] === undefined))
    expect(missing.map(({ where, text }) => `${where} ${text}`)).toEqual([])
  })

  test('keeps the places of every text', () => {
    const wrong = Object.entries(chinese).filter(([text, translation]) => {
      return placesOf(text).join() !== placesOf(translation).join()
    })
    expect(wrong).toEqual([])
  })
})

describe('the window', () => {
  test('says nothing without asking for its translation', () => {
    const hard = windowFiles.filter((file) => file.startsWith('src-renderer')).flatMap(untranslatedTexts)
    expect(hard.map(({ where, text }) => `${where} ${text}`)).toEqual([])
  })

  test('has an English singular for every text with a count', () => {
    const missing = texts.filter(
      ({ text, counted }) => counted && englishPlurals[`${text}_one`] === undefined,
    )
    expect(missing.map(({ where, text }) => `${where} ${text}`)).toEqual([])
  })
})
