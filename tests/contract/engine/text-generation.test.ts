import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import type { Result } from '../../../src-core/problems.ts'
import { type TextSettings, textSettingsSchema } from '../../../src-core/text/text-settings.ts'
import { uniform } from '../../../src-core/training/random.ts'
import type { TrainingSettings } from '../../../src-core/training/run-config.ts'
import { documentOf, type LayerLine } from '../../support/models.ts'
import { chain, type TrainingPlace, threeClasses, trainingPlace } from './support/training-place.ts'

const resources = fileURLToPath(new URL('../../../resources/', import.meta.url))
const sonnets = gunzipSync(readFileSync(path.join(resources, 'samples', 'sonnets.txt.gz'))).toString('utf8')

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

const asked = (settings: Partial<TextSettings>) => textSettingsSchema.parse({ prompt: 'a', ...settings })

function template(epochs: number): ModelDocument {
  const file = path.join(resources, 'templates', 'char-language-model.loom.json')
  const document = unwrap(parseDocument(readFileSync(file, 'utf8')))
  return { ...document, training: { ...document.training, epochs, engine: 'cpu' } }
}

/** exp of the entropy of the characters, if each is drawn by its frequency alone. */
function unigramPerplexity(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  const entropy = [...counts.values()].reduce((sum, count) => {
    return sum - (count / text.length) * Math.log(count / text.length)
  }, 0)
  return Math.exp(entropy)
}

/** Share of the words of three letters and more that the sonnets have. */
function knownWords(text: string): number {
  const words = (of: string) => of.toLowerCase().match(/[a-z']{3,}/g) ?? []
  const known = new Set(words(sonnets))
  const found = words(text)
  return found.filter((word) => known.has(word)).length / Math.max(1, found.length)
}

describe('the character-level language model', () => {
  it('learns the sonnets and writes words of theirs, the same for the same seed', async () => {
    const place = trainingPlace([])
    unwrap(await place.application.datasets.addSample('sonnets'))
    const { runId, detail } = await place.train(template(4))
    expect(detail.run.status).toBe('finished')
    const perplexity = detail.epochs.at(-1)?.validation?.perplexity ?? Number.NaN
    const [kinds, unigram] = [new Set(sonnets).size, unigramPerplexity(sonnets)]
    expect([kinds, Math.round(unigram)]).toEqual([61, 23])
    expect(perplexity).toBeLessThan(unigram / 2)
    expect(detail.run.test?.perplexity).toBeLessThan(unigram / 2)

    const settings = asked({ prompt: 'Shall I compare thee', length: 700, temperature: 0.7, seed: 5 })
    const { text, whole } = unwrap(await place.application.texts.generate(runId, settings))
    console.log(
      `validation perplexity ${perplexity.toFixed(2)} (one character at a time ${unigram.toFixed(1)})`,
    )
    console.log(`${settings.prompt}${text}`)
    expect([[...text].length, whole]).toEqual([700, true])
    for (const character of text) expect(sonnets).toContain(character)
    const noise = Array.from({ length: 5000 }, (_, at) => {
      return sonnets[Math.floor(uniform(1, 'noise', 0, at) * sonnets.length)]
    }).join('')
    console.log(`known words: ${knownWords(text).toFixed(2)}, of noise ${knownWords(noise).toFixed(2)}`)
    expect(knownWords(text)).toBeGreaterThan(Math.max(0.3, 5 * knownWords(noise)))

    const again = unwrap(await place.application.texts.generate(runId, settings))
    const other = unwrap(await place.application.texts.generate(runId, { ...settings, seed: 6 }))
    expect(again.text).toBe(text)
    expect(other.text).not.toBe(text)
  })
})

// Its length has no divisor in common with the windows', so that windows begin at every place in it.
const story = 'the cat sat on the mat and the rats ran. '.repeat(60)

/** A model of `story` in windows of 16, trained for a moment. */
function storyPlace(epochs: number, middle?: readonly LayerLine[]) {
  return textPlace(story, 16, epochs, middle)
}

/** A model of a text in windows of so many characters. */
async function textPlace(
  content: string,
  windowLength: number,
  epochs: number,
  middle: readonly LayerLine[] = [['lstm', 'lstm', { units: 32, returnSequences: true }]],
  training: Partial<TrainingSettings> = {},
): Promise<{ place: TrainingPlace; runId: number }> {
  const place = trainingPlace([])
  const file = path.join(path.dirname(place.file), 'story.txt')
  writeFileSync(file, content)
  const dataset = unwrap(await place.application.datasets.import(file, { text: { windowLength } }))
  const tokens = dataset.columns[0]?.categories?.length ?? 0
  const document = documentOf('story', [
    ['text', 'input', { shape: [windowLength] }],
    ['embedding', 'embedding', { inputDim: tokens, outputDim: 8 }],
    ...middle,
    ['characters', 'dense', { units: tokens, activation: 'softmax' }],
    ['next', 'output'],
  ])
  const { runId, detail } = await place.train({
    ...document,
    dataset: { name: 'story', inputs: {}, targets: {} },
    training: {
      ...document.training,
      epochs,
      batchSize: 8,
      engine: 'cpu',
      optimizer: { kind: 'adam', learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      ...training,
    },
  })
  expect(detail.run.status).toBe('finished')
  return { place, runId }
}

describe('generating text', () => {
  it('goes on where the prompt ends, from a prompt shorter than a window to one longer than it', async () => {
    const { place, runId } = await storyPlace(30)
    const { texts, predictions } = place.application
    for (const length of [5, 16, 50]) {
      const prompt = story.slice(0, length)
      const { text } = unwrap(await texts.generate(runId, asked({ prompt, length: 60, temperature: 0 })))
      expect(prompt + text).toBe(story.slice(0, length + 60))
    }
    // What the likeliest character is, the prediction of the same window says too.
    const [predicted] = unwrap(await predictions.predictDataset(runId, 'story', 3, 1))
    const output = predicted?.outputs.next
    if (!output || !('text' in output)) throw new Error('the output is no text')
    const prompt = story.slice(48, 64)
    const next = unwrap(await texts.generate(runId, asked({ prompt, length: 1, temperature: 0 })))
    expect(next.text).toBe(output.text.at(-1))
    expect(predicted?.actual?.next).toBe(story.slice(49, 65))
  })

  it('remembers through its states what is further back than a window', async () => {
    // What follows on a c is the letter of the window before.
    const lines = Array.from({ length: 400 }, (_, at) => {
      const letter = uniform(9, 'letter', 0, at) < 0.5 ? 'x' : 'y'
      return `${`${letter}a`.repeat(4)}c${letter}bbbbbb`
    })
    const { place, runId } = await textPlace(
      lines.join(''),
      8,
      12,
      [['gru', 'gru', { units: 24, returnSequences: true, stateful: true }]],
      { shuffle: false, batchSize: 4 },
    )
    const { texts } = place.application
    for (const letter of ['x', 'y']) {
      const prompt = `${`${letter}a`.repeat(4)}c`
      const { text } = unwrap(await texts.generate(runId, asked({ prompt, length: 7, temperature: 0 })))
      expect(text).toBe(`${letter}bbbbbb`)
    }
  })

  it('stops when it is cancelled, and gives what there is', async () => {
    const { place, runId } = await storyPlace(1)
    const { texts } = place.application
    const long = texts.generate(runId, asked({ prompt: 'the', length: 20_000 }))
    await expect.poll(() => place.processes.length).toBeGreaterThan(1)
    texts.cancel(runId)
    const { text, whole } = unwrap(await long)
    expect(whole).toBe(false)
    expect(text.length).toBeLessThan(20_000)
  })

  it('refuses a prompt with characters that the model does not know', async () => {
    const { place, runId } = await storyPlace(1)
    const refused = await place.application.texts.generate(runId, asked({ prompt: 'the Ωmega' }))
    expect(refused.ok ? undefined : refused.problems[0]).toMatchObject({
      code: 'predict.input',
      message: expect.stringContaining('"Ω"'),
    })
  })

  it('refuses a model that sees what it is to predict', async () => {
    const { place, runId } = await storyPlace(1, [
      ['both', 'bidirectionalLstm', { units: 32, returnSequences: true }],
    ])
    const refused = await place.application.texts.generate(runId, asked({ prompt: 'the' }))
    expect(refused.ok ? undefined : refused.problems[0]).toMatchObject({
      code: 'predict.notText',
      message: expect.stringContaining('looks ahead'),
    })
  })

  it('refuses a model that predicts something else', async () => {
    const place = trainingPlace([threeClasses(60)])
    const { runId } = await place.train(
      chain('classes', [4], [['dense', { units: 3, activation: 'softmax' }]], {
        epochs: 1,
      }),
    )
    const refused = await place.application.texts.generate(runId, asked({}))
    expect(refused.ok ? undefined : refused.problems[0]).toMatchObject({
      code: 'predict.notText',
      message: `Run ${runId} cannot write text: its model does not read text.`,
    })
  })
})
