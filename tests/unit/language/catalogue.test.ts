import { describe, expect, test } from 'vitest'
import catalogue from '../../../src-core/language/zh-CN/catalogue.json' with { type: 'json' }
import templates from '../../../src-core/language/zh-CN/templates.json' with { type: 'json' }
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { activationKinds } from '../../../src-core/layers/support/activations.ts'
import { lossRules } from '../../../src-core/training/losses/loss-rules.ts'
import { metricRules } from '../../../src-core/training/metrics/metric-rules.ts'
import { layerFields, layerTexts, otherTableTexts } from './table-texts.ts'

const ofLayers = layerTexts()
const ofOthers = await otherTableTexts()
const translations: ReadonlyMap<string, string> = new Map([
  ...Object.entries(templates),
  ...Object.entries(catalogue),
])

/** Texts that are the same in Chinese. */
const alike = new Set<string>([
  // Functions, by the names that formulas and code have for them.
  ...activationKinds,
  // A sign.
  '°',
  // Networks that have no other name.
  'LeNet-5',
  'ResNet-20',
  'U-Net',
])

/** As `r2` is written in code where people read R². */
function asCode(text: string): string {
  return text.replaceAll('²', '2').toLowerCase()
}

/** Numbers in digits, in any order. */
function numbersOf(text: string): readonly string[] {
  return (asCode(text).match(/\d+(?:[.,]\d+)*/g) ?? []).toSorted()
}

/** The kinds that descriptions speak of by their names. */
const kindNames = allLayerDefinitions.map(({ label }) => label).filter((label) => /^[A-Z]\w+$/.test(label))

/** Kinds that a text names. Many are everyday words: at the start of a sentence those are meant. */
function namesOfKinds(text: string): readonly string[] {
  return [...text.matchAll(/(?<=[\p{Ll},;(] )\p{Lu}\w+/gu)]
    .map(([name]) => name)
    .filter((name) => kindNames.includes(name))
}

/** Names of code, papers and programs in a text: `maxNorm`, `conv1`, `LSTM`, `ResNet`, quoted ones and names of kinds. */
function namesOf(text: string): readonly string[] {
  const written = text.match(/\b(?:[a-z]+[A-Z0-9]\w*|[A-Z]+[a-z]*[A-Z]\w*)\b/g) ?? []
  const quoted = text.match(/"[^"]+"/g) ?? []
  // Two of a kind: `LSTMs`, `SimpleRNNs`.
  return [...written.map((name) => name.replace(/(?<=[A-Z])s$/, '')), ...quoted, ...namesOfKinds(text)]
}

/** Names that Chinese says otherwise: a monitor's metric is called by its title. */
const writtenOut = new Set(['top5Accuracy'])

/** Where a choice's own description tells what it does: `valid: the window stays inside the image.` */
function isNamedIn(description: string, choice: string): boolean {
  return new RegExp(`(?:^|[.;] )${choice}: `).test(description)
}

describe('the Simplified Chinese of the tables', () => {
  const texts = [...ofLayers, ...ofOthers].filter((text) => !alike.has(text))
  const translated = texts.flatMap((text) => {
    const chinese = translations.get(text)
    return chinese === undefined ? [] : [{ text, chinese }]
  })
  /** Texts of the tables with what a check finds of each. */
  const wrong = (isWrong: (text: string, chinese: string) => boolean) =>
    translated.filter(({ text, chinese }) => isWrong(text, chinese))

  test('reads tables that have something to say', () => {
    expect(ofLayers.size).toBeGreaterThan(700)
    expect(ofOthers.size).toBeGreaterThan(150)
  })

  test('has every text', () => {
    expect(texts.filter((text) => !translations.has(text))).toEqual([])
  })

  test('is Chinese', () => {
    expect(wrong((_, chinese) => !/\p{Script=Han}/u.test(chinese))).toEqual([])
  })

  test('has exceptions only for what the tables say', () => {
    const stale = [...alike].filter((text) => !ofLayers.has(text) && !ofOthers.has(text))
    expect(stale).toEqual([])
    expect([...alike].filter((text) => translations.has(text))).toEqual([])
  })

  test('keeps the numbers', () => {
    expect(wrong((text, chinese) => numbersOf(text).join(' ') !== numbersOf(chinese).join(' '))).toEqual([])
  })

  test('keeps the names of code, kinds and networks', () => {
    const choices = new Set(layerFields.flatMap((field) => ('choices' in field ? field.choices : [])))
    const lost = translated
      .filter(({ text }) => !choices.has(text))
      .flatMap(({ text, chinese }) =>
        namesOf(text)
          .filter((name) => !asCode(chinese).includes(asCode(name)) && !writtenOut.has(name))
          .map((name) => ({ name, text, chinese })),
      )
    expect(lost).toEqual([])
  })

  test('names a choice in the list as its description does', () => {
    const lost = layerFields.flatMap((field) => {
      if (field.control !== 'choice') return []
      const description = translations.get(field.description) ?? ''
      return field.choices
        .filter((choice) => isNamedIn(field.description, choice))
        .filter((choice) => {
          const listed = translations.get(choice) ?? ''
          return !listed.startsWith(`${choice}（`) || !new RegExp(`(?:^|。)${choice}：`).test(description)
        })
    })
    expect(lost).toEqual([])
  })

  test('calls losses and metrics in lists what they are called elsewhere', () => {
    const titles = [...Object.entries(lossRules), ...Object.entries(metricRules)]
    const different = titles.filter(([kind, { title }]) => {
      return translations.get(kind) !== translations.get(title)
    })
    expect(different).toEqual([])
  })

  test('sets Chinese from Latin apart and uses full-width punctuation', () => {
    const narrow =
      /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}|\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}| [，。：；（）]|[，。：；（）] /u
    expect(wrong((_, chinese) => narrow.test(chinese))).toEqual([])
  })

  test('ends as a sentence where the English does', () => {
    expect(wrong((text, chinese) => text.endsWith('.') !== chinese.endsWith('。'))).toEqual([])
  })
})

describe('the files', () => {
  test('have nothing that no table says', () => {
    expect(Object.keys(catalogue).filter((text) => !ofLayers.has(text))).toEqual([])
    expect(Object.keys(templates).filter((text) => !ofOthers.has(text))).toEqual([])
  })

  test('do not contradict each other', () => {
    const both = Object.entries(templates).filter(([text]) => Object.hasOwn(catalogue, text))
    expect(both.filter(([text, chinese]) => translations.get(text) !== chinese)).toEqual([])
  })
})
