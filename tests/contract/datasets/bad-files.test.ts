import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ProblemCode } from '../../../src-core/problems.ts'
import { datasetPlace, problemIn, unwrap } from './support/dataset-place.ts'
import { countingBytes, idxBytes } from './support/idx-bytes.ts'

interface BadFile {
  readonly what: string
  readonly name: string
  readonly content: string | Uint8Array
  /** Other files beside it. */
  readonly beside?: Readonly<Record<string, Uint8Array>>
  readonly options?: { target?: string }
  readonly code: ProblemCode
  /** What the message must say. */
  readonly says: RegExp
}

const manyRows = (bad: string) => {
  const rows = Array.from({ length: 3000 }, (_, row) => `${row},${row / 2}`)
  rows[2700] = bad
  return `a,b\n${rows.join('\n')}\n`
}
const images = idxBytes([3, 2, 2], countingBytes(12))

const badTables: readonly BadFile[] = [
  { what: 'an empty file', name: 't.csv', content: '', code: 'csv.empty', says: /t\.csv is empty/ },
  {
    what: 'empty lines only',
    name: 't.csv',
    content: '\n\n\r\n',
    code: 'csv.empty',
    says: /t\.csv is empty/,
  },
  { what: 'only a byte order mark', name: 't.csv', content: '\uFEFF', code: 'csv.empty', says: /is empty/ },
  {
    what: 'a header without rows',
    name: 't.csv',
    content: 'a,b\n',
    code: 'csv.empty',
    says: /header but no rows/,
  },
  {
    what: 'no value anywhere',
    name: 't.csv',
    content: 'a,b\n,\nNA,?\n',
    code: 'csv.empty',
    says: /no column with values/,
  },
  {
    what: 'a row with a field too many',
    name: 't.csv',
    content: 'a,b\n1,2\n3,4,5\n',
    code: 'csv.ragged',
    says: /Line 3 has 3 fields; the first row has 2/,
  },
  {
    what: 'a row with a field too few, far down and after a text of two lines',
    name: 't.csv',
    content: `a,b\n"x\ny",1\n${'z,2\n'.repeat(5000)}w\n`,
    code: 'csv.ragged',
    says: /Line 5004 has 1 field; the first row has 2/,
  },
  {
    what: 'text in a column of numbers',
    name: 't.csv',
    content: manyRows('12,about 6'),
    code: 'csv.notNumber',
    says: /Column "b" holds numbers, but row 2701 \(line 2702\) has "about 6"\./,
  },
  {
    what: 'text in a column of numbers, in a row of three lines',
    name: 't.csv',
    content: `note,b\n${'x,1\n'.repeat(30)}"two\nmore\nlines",about 6\n`,
    code: 'csv.notNumber',
    says: /row 31 \(line 32\) has "about 6"/,
  },
  {
    what: 'a number that is too large to be stored',
    name: 't.csv',
    content: manyRows('1e39,6'),
    code: 'csv.notNumber',
    says: /Column "a" .* row 2701 .* "1e39"/,
  },
  {
    what: 'several texts in a column of numbers',
    name: 't.csv',
    content: `a;b\n${'1;2\n'.repeat(30)}x;2\ny;2\nz;2\n`,
    code: 'csv.notNumber',
    says: /row 31 \(line 32\) has "x" \(and 2 more such values\)/,
  },
  {
    what: 'a quote that is not closed',
    name: 't.csv',
    content: 'a,b\n1,x\n2,"y\n3,z\n',
    code: 'csv.quotes',
    says: /row that begins on line 3 has a quote that is not closed/,
  },
  {
    what: 'a quote that is not closed in a long file',
    name: 't.csv',
    content: `a,b\n1,x\n2,"y\n${'3,z\n'.repeat(3_000_000)}`,
    code: 'csv.quotes',
    says: /row that begins on line 3 has a quote that is not closed/,
  },
  {
    what: 'a quote in the middle of a field',
    name: 't.csv',
    content: 'a,b\n1,x\n2,5" pipe\n',
    code: 'csv.quotes',
    says: /Line 3 has a quote in the middle/,
  },
  {
    what: 'letters of Latin-1',
    name: 't.csv',
    content: Buffer.concat([
      Buffer.from('a,b\n'),
      Buffer.from('1,x\n'.repeat(100_000)),
      Buffer.from('2,Münch\n', 'latin1'),
    ]),
    code: 'csv.encoding',
    says: /Line 100002 holds bytes that are not text in UTF-8/,
  },
  {
    what: 'a character that is cut by the end of the file',
    name: 't.csv',
    content: Buffer.from('a,b\n1,ü').subarray(0, -1),
    code: 'csv.encoding',
    says: /Line 2 /,
  },
  {
    what: 'binary data under the name of a table',
    name: 't.csv',
    content: Buffer.from([1, 2, 0, 3, 0, 0, 4, 0]),
    code: 'csv.encoding',
    says: /t\.csv is not text/,
  },
  {
    what: 'a target that is not there',
    name: 't.csv',
    content: 'a,b\n1,2\n',
    options: { target: 'price' },
    code: 'csv.target',
    says: /no column "price" to predict; the table has "a", "b"/,
  },
  {
    what: 'a target without values',
    name: 't.csv',
    content: 'a,b\n1,\n2,NA\n',
    options: { target: 'b' },
    code: 'csv.target',
    says: /"b" cannot be predicted: Column "b" has no values at all/,
  },
  {
    what: 'gzip data that ends in the middle',
    name: 't.csv.gz',
    content: gzipSync(manyRows('1,2')).subarray(0, 5000),
    code: 'file.unreadable',
    says: /ends in the middle of its gzip data/,
  },
]

const badIdx: readonly BadFile[] = [
  {
    what: 'images that end early',
    name: 'train-images-idx3-ubyte',
    content: images.subarray(0, -1),
    code: 'idx.truncated',
    says: /too short\. Its header says 3 × 2 × 2, that is 28 bytes; it has 27/,
  },
  {
    what: 'images that go on',
    name: 'train-images-idx3-ubyte',
    content: Buffer.concat([images, Buffer.from('more')]),
    code: 'idx.trailing',
    says: /too long\. .* 28 bytes; it has at least 32/,
  },
  {
    what: 'a header that promises four thousand million images',
    name: 'train-images-idx3-ubyte',
    content: idxBytes([2 ** 32 - 1, 28, 28], countingBytes(784)),
    code: 'idx.truncated',
    says: /4294967295 × 28 × 28, that is 3367254359296 bytes; it has 800/,
  },
  {
    what: 'a packed file whose header promises more than can be packed into it',
    name: 'train-images-idx3-ubyte.gz',
    content: gzipSync(idxBytes([2 ** 31, 500, 500], countingBytes(784))),
    code: 'idx.truncated',
    says: /too short/,
  },
  {
    what: 'packed images that end early',
    name: 'train-images-idx3-ubyte.gz',
    content: gzipSync(images.subarray(0, -1)),
    code: 'idx.truncated',
    says: /28 bytes; it has 27/,
  },
  {
    what: 'packed images that go on',
    name: 'train-images-idx3-ubyte.gz',
    content: gzipSync(Buffer.concat([images, Buffer.from('more')])),
    code: 'idx.trailing',
    says: /too long/,
  },
  {
    what: 'a header that promises images of a size no image has',
    name: 'train-images-idx3-ubyte',
    content: idxBytes([1, 2 ** 31, 2 ** 31], countingBytes(784)),
    code: 'idx.magic',
    says: /one sample is 2147483648 × 2147483648 bytes/,
  },
  {
    what: 'a header that promises images of no size',
    name: 'train-images-idx3-ubyte',
    content: idxBytes([3, 0, 2], new Uint8Array()),
    code: 'idx.magic',
    says: /one sample is 0 × 2 bytes/,
  },
  {
    what: 'no images',
    name: 'train-images-idx3-ubyte',
    content: idxBytes([0, 28, 28], new Uint8Array()),
    code: 'idx.truncated',
    says: /holds no images/,
  },
  {
    what: 'a header that is cut',
    name: 'train-images-idx3-ubyte',
    content: images.subarray(0, 10),
    code: 'idx.truncated',
    says: /ends within its header, after 10 of 16 bytes/,
  },
  {
    what: 'something else under the name of images',
    name: 'train-images-idx3-ubyte',
    content: 'not found',
    code: 'idx.magic',
    says: /does not begin like an IDX file/,
  },
  {
    what: 'numbers of four bytes',
    name: 'train-images-idx3-ubyte',
    content: idxBytes([3, 2, 2], countingBytes(48), 0x0d),
    code: 'idx.magic',
    says: /holds 32-bit floats; only unsigned bytes/,
  },
  {
    what: 'samples that are no images',
    name: 'train-images-idx3-ubyte',
    content: idxBytes([2, 7, 2, 2], countingBytes(56)),
    code: 'idx.magic',
    says: /samples of 7 × 2 × 2; images are height × width/,
  },
  {
    what: 'labels without images',
    name: 'train-labels-idx1-ubyte',
    content: idxBytes([3], countingBytes(3)),
    code: 'idx.magic',
    says: /holds labels, and the images that belong to them were not found/,
  },
  {
    what: 'more labels than images',
    name: 'train-images-idx3-ubyte',
    content: images,
    beside: { 'train-labels-idx1-ubyte': idxBytes([4], countingBytes(4)) },
    code: 'idx.labelCount',
    says: /train-images-idx3-ubyte has 3 images, but train-labels-idx1-ubyte has 4 labels/,
  },
  {
    what: 'labels that end early',
    name: 'train-images-idx3-ubyte',
    content: images,
    beside: { 'train-labels-idx1-ubyte': idxBytes([3], countingBytes(2)) },
    code: 'idx.truncated',
    says: /train-labels-idx1-ubyte is too short/,
  },
]

describe.each([...badTables, ...badIdx])(
  '$name with $what',
  ({ name, content, beside, options, code, says }) => {
    it(`is refused with ${code}, and nothing is left of it or harmed by it`, async () => {
      const place = datasetPlace()
      unwrap(await place.service.import(place.write('before.csv', 'a,b\n1,2\n')))
      const before = place.rowCounts()
      for (const [other, bytes] of Object.entries(beside ?? {})) place.write(other, bytes)
      const problem = problemIn(await place.service.import(place.write(name, content), options))
      expect(problem.code).toBe(code)
      expect(problem.message).toMatch(says)
      expect(problem.severity).toBe('error')
      expect(place.rowCounts()).toEqual(before)
      expect(place.values('before')).toEqual({ a: [1], b: [2] })
    })
  },
)

describe('a file that cannot be imported', () => {
  it('may be none', async () => {
    const place = datasetPlace()
    const problem = problemIn(await place.service.import('/no/such/table.csv'))
    expect(problem.code).toBe('file.notFound')
    expect(problem.message).toContain('/no/such/table.csv')
  })

  it('may be a folder', async () => {
    const place = datasetPlace()
    const folder = path.join(path.dirname(place.workspace.file), 'folder.csv')
    mkdirSync(folder)
    expect(problemIn(await place.service.import(folder)).code).toBe('file.unreadable')
  })

  it('may be of a format that is not known', async () => {
    const place = datasetPlace()
    const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500)])
    const problem = problemIn(await place.service.import(place.write('cat.png', picture)))
    expect(problem.code).toBe('dataset.unknownFormat')
    expect(problem.message).toContain('cat.png')
    expect(problem.hint).toContain('CSV')
  })
})
