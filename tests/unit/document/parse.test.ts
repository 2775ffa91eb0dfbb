import { describe, expect, it } from 'vitest'
import { emptyDocument, type ModelDocument } from '../../../src-core/document/model-document.ts'
import { parseDocument } from '../../../src-core/document/parse.ts'
import { serialiseDocument } from '../../../src-core/document/serialise.ts'
import type { Problem } from '../../../src-core/problems.ts'

const sample: ModelDocument = {
  ...emptyDocument('Sample'),
  layers: [
    {
      id: 'input_1',
      kind: 'input',
      name: 'input_1',
      parameters: { shape: [1, 28, 28] },
      position: { x: 0, y: 0 },
    },
  ],
}
const sampleText = serialiseDocument(sample)

function problemsOf(text: string): readonly Problem[] {
  const result = parseDocument(text)
  return result.ok ? [] : result.problems
}

function withFields(fields: Record<string, unknown>): string {
  return JSON.stringify({ ...JSON.parse(sampleText), ...fields })
}

describe('parseDocument', () => {
  it('reads back what serialiseDocument wrote', () => {
    expect(parseDocument(sampleText)).toEqual({ ok: true, value: sample })
  })

  it('reads a file that begins with a byte order mark', () => {
    expect(parseDocument(`\uFEFF${sampleText}`).ok).toBe(true)
  })

  it('fills in what may be left out', () => {
    const result = parseDocument(
      '{"format":"layerloom-model","version":1,"name":"Short","layers":[],"connections":[]}',
    )
    expect(result).toEqual({ ok: true, value: emptyDocument('Short') })
  })

  it('tells a truncated file from every other, wherever it was cut', () => {
    for (let length = 1; length < sampleText.length - 2; length++) {
      expect(problemsOf(sampleText.slice(0, length)).map(({ code }) => code)).toEqual(['document.truncated'])
    }
  })

  it.each([
    ['', 'document.truncated', 'The file is empty.'],
    ['hello', 'document.notJson', 'The file is not a model document: it is not JSON'],
    ['{"a": 1]', 'document.notJson', 'The file is not a model document: it is not JSON'],
    ['\u0000\u0001PNG', 'document.notJson', 'The file is not a model document: it is not JSON'],
    ['{}', 'document.foreign', 'The file is JSON, but not a LayerLoom document: it does not say so.'],
    ['[1, 2]', 'document.foreign', 'The file is JSON, but not a LayerLoom document: it does not say so.'],
    ['null', 'document.foreign', 'The file is JSON, but not a LayerLoom document: it does not say so.'],
    [
      '{"format": "tfjs-layers"}',
      'document.foreign',
      'The file is JSON, but not a LayerLoom document: it does not say so.',
    ],
    [
      withFields({ version: 7 }),
      'document.futureVersion',
      'The document has version 7; this LayerLoom reads versions up to 2.',
    ],
    [
      withFields({ version: '1' }),
      'document.invalid',
      'The document\'s "version" is "1"; it must be a whole number from 1 to 2.',
    ],
    [
      withFields({ version: undefined }),
      'document.invalid',
      'The document\'s "version" is missing; it must be a whole number from 1 to 2.',
    ],
    [
      withFields({ layers: [{ id: 'a' }] }),
      'document.invalid',
      "The document's field layers[0].kind is not valid: ",
    ],
    [
      withFields({ trainign: { epochs: 3 } }),
      'document.invalid',
      'The document has the field trainign, which is not known.',
    ],
    [
      withFields({ training: { learning_rate: 3 } }),
      'document.invalid',
      'The document has the field training.learning_rate, which is not known.',
    ],
    [
      withFields({ layers: [sample.layers[0], sample.layers[0]] }),
      'document.invalid',
      'Two entries of the document\'s field layers have the id "input_1".',
    ],
  ])('refuses %j with %s', (text, code, message) => {
    const [first] = problemsOf(text)
    expect(first).toMatchObject({ code, severity: 'error', message: expect.stringContaining(message) })
  })

  it('refuses keys that would change what objects inherit', () => {
    const text = sampleText.replace('"parameters": {', '"parameters": { "__proto__": { "units": 1 },')
    expect(problemsOf(text)).toMatchObject([
      {
        code: 'document.invalid',
        message: 'The document has the field layers[0].parameters.__proto__, which is not known.',
      },
    ])
    expect(Object.hasOwn(Object.prototype, 'units')).toBe(false)
    expect(problemsOf(withFields({ layers: [{ ...sample.layers[0], id: '__proto__' }] }))).toMatchObject([
      { code: 'document.invalid' },
    ])
  })

  it('refuses numbers that JSON can write but nothing can hold', () => {
    const text = sampleText.replace('"x": 0', '"x": 1e999')
    expect(problemsOf(text)).toMatchObject([{ code: 'document.invalid' }])
  })

  it('refuses a hundred thousand nested lists without running out of stack', () => {
    const nested = '['.repeat(100_000) + ']'.repeat(100_000)
    const text = sampleText.replace('[1, 28, 28]', nested)
    expect(problemsOf(text)).toMatchObject([
      { code: 'document.invalid', message: 'The document nests values more than 64 levels deep.' },
    ])
  })

  it('names at most ten wrong fields', () => {
    const layers = Array.from({ length: 30 }, () => ({}))
    expect(problemsOf(withFields({ layers }))).toHaveLength(10)
  })
})
