import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPredictionRows } from '../../../src-main/services/prediction-rows.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-rows-'))
function file(name: string, text: string | Uint8Array): string {
  const target = path.join(folder, name)
  writeFileSync(target, text)
  return target
}

describe('the samples somebody gives for a prediction', () => {
  it.each([
    [
      '{"a": 1, "b": "x"}',
      [
        new Map<string, unknown>([
          ['a', 1],
          ['b', 'x'],
        ]),
      ],
    ],
    ['[1, 2]', [[1, 2]]],
    [
      '[[1, 2], [3, 4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['[{"a": 1}, {"a": 2}]', [new Map([['a', 1]]), new Map([['a', 2]])]],
    ['{"rows": [[1], [2]]}', [[1], [2]]],
  ])('may be JSON: %s', async (text, rows) => {
    expect(await readPredictionRows(text)).toEqual({ ok: true, value: rows })
    expect(await readPredictionRows(file('rows.json', text))).toEqual({ ok: true, value: rows })
  })

  it('may be a table with a header', async () => {
    expect(await readPredictionRows(file('a.csv', 'length;colour\n1.5;red\n2;blue\n'))).toEqual({
      ok: true,
      value: [
        new Map([
          ['length', '1.5'],
          ['colour', 'red'],
        ]),
        new Map([
          ['length', '2'],
          ['colour', 'blue'],
        ]),
      ],
    })
  })

  it('may be a table without a header', async () => {
    expect(await readPredictionRows(file('b.csv', '1.5,2\n3,4\n'))).toEqual({
      ok: true,
      value: [
        ['1.5', '2'],
        ['3', '4'],
      ],
    })
  })

  it.each([
    ['broken JSON', '{"a": ', 'predict.input'],
    ['an empty list', '[]', 'predict.input'],
    ['a file that is not there', path.join(folder, 'none.csv'), 'file.notFound'],
    ['a table without rows', file('empty.csv', 'a,b\n'), 'csv.empty'],
    ['a ragged table', file('ragged.csv', 'a,b\n1,2\n1\n'), 'csv.ragged'],
    [
      'a file that is not text',
      file('binary.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0x0a, 0x80)),
      'csv.encoding',
    ],
    ['JSON that is a text', file('text.json', '"hello"'), 'predict.input'],
  ])('are refused: %s', async (_what, input, code) => {
    expect(await readPredictionRows(input)).toMatchObject({ ok: false, problems: [{ code }] })
  })
})
