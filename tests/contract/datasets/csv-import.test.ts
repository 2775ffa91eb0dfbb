import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../src-core/problems.ts'
import { datasetPlace, unwrap } from './support/dataset-place.ts'

/** What becomes of the columns of a table that is written to a file and imported. */
async function imported(content: string | Uint8Array, options = {}, fileName = 'table.csv') {
  const place = datasetPlace()
  const warnings: Problem[] = []
  const file = place.write(fileName, content)
  const dataset = unwrap(
    await place.service.import(file, { ...options, onWarning: (warning) => warnings.push(warning) }),
  )
  return { dataset, warnings, values: place.values(dataset.name) }
}

describe('the types of columns', () => {
  it('are numbers where every value is one, categories otherwise', async () => {
    const { dataset, values } = await imported('size,colour\n1.5,red\n-2e1,blue\n+.5,red\n')
    expect(dataset.columns.map(({ name, type, dtype }) => [name, type, dtype])).toEqual([
      ['size', 'number', 'float32'],
      ['colour', 'category', 'int32'],
    ])
    expect(values).toEqual({ size: [1.5, -20, 0.5], colour: ['red', 'blue', 'red'] })
  })

  it('have the categories sorted and counted, whatever the order of the rows', async () => {
    const { dataset } = await imported('x,animal\n1,cat\n2,ant\n3,cat\n4,bee\n')
    const [, animal] = dataset.columns
    expect(animal?.categories).toEqual(['ant', 'bee', 'cat'])
    expect(animal?.statistics.counts).toEqual([1, 1, 2])
  })

  it('make a target of the class numbers 0..k−1 a category whose index is the number', async () => {
    const rows = Array.from({ length: 24 }, (_, row) => `${row}.5,${(row * 7) % 12}`)
    const { dataset, values } = await imported(`x,label\n${rows.join('\n')}\n`)
    const [, label] = dataset.columns
    expect(label).toMatchObject({ type: 'category', dtype: 'int32' })
    expect(label?.categories).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])
    expect(values.label?.slice(0, 3)).toEqual(['0', '7', '2'])
  })

  it('leave a target of other numbers a number', async () => {
    const { dataset } = await imported('x,y\n1,3\n2,4\n3,3\n4,4\n5,5\n6,5\n')
    expect(dataset.columns.map(({ type }) => type)).toEqual(['number', 'number'])
  })

  it('follow the wish of the person', async () => {
    const { dataset } = await imported('postcode,y\n10115,1.5\n20095,2.5\n', {
      types: { postcode: 'category' },
    })
    expect(dataset.columns[0]).toMatchObject({ type: 'category', categories: ['10115', '20095'] })
  })

  it('leave out texts that are all different, with a warning', async () => {
    const rows = Array.from({ length: 1200 }, (_, row) => `name ${row},${row / 3},${row % 2 ? 'a' : 'b'}`)
    const { dataset, warnings } = await imported(`name,x,y\n${rows.join('\n')}\n`)
    expect(dataset.columns.map(({ name }) => name)).toEqual(['x', 'y'])
    expect(warnings.map(({ message }) => message)).toEqual([
      'Column "name" has more than 1,000 different texts and is left out.',
    ])
  })
})

describe('the target', () => {
  it.each([
    ['the column that is named', 'a,b,c\n1,2,3\n2,3,5\n', { target: 'b' }, 'b'],
    ['the column that is named, whatever its capitals', 'a,B,c\n1,2,3\n2,3,5\n', { target: 'b' }, 'B'],
    ['a column with a usual name', 'Class,a,b\nx,2,3\ny,3,5\n', {}, 'Class'],
    ['otherwise the last column', 'a,b,c\n1,2,3.5\n2,3,5\n', {}, 'c'],
  ])('is %s', async (_, table, options, target) => {
    const { dataset } = await imported(table, options)
    expect(dataset.defaultTarget).toBe(target)
  })
})

describe('missing values', () => {
  it('are empty fields, NA, N/A, NaN, ? and null; they are kept, counted and told of', async () => {
    const column = ['1', '', 'NA', 'n/a', 'NaN', '?', 'null', 'NULL', ' ', '3']
    const table = `x,kind\n${column.map((value) => `${value},${value === '1' ? 'a' : value}`).join('\n')}\n`
    const { dataset, values, warnings } = await imported(table, { types: { kind: 'category' } })
    expect(values.x).toEqual([1, null, null, null, null, null, null, null, null, 3])
    expect(dataset.columns[0]?.statistics).toMatchObject({ missing: 8, mean: 2, minimum: 1, maximum: 3 })
    expect(dataset.columns[1]?.categories).toEqual(['3', 'a'])
    expect(values.kind?.filter((value) => value === null)).toHaveLength(8)
    expect(warnings.map(({ code, severity }) => [code, severity])).toEqual([
      ['csv.missingValues', 'warning'],
      ['csv.missingValues', 'warning'],
    ])
    expect(warnings[0]?.message).toContain('8 of 10 values are missing in column "x"')
    expect(warnings[1]?.message).toContain('these rows are not used')
  })

  it('in the whole of a column leave it out', async () => {
    const { dataset, warnings } = await imported('a,empty,y\n1,,x\n2,NA,z\n')
    expect(dataset.columns.map(({ name }) => name)).toEqual(['a', 'y'])
    expect(warnings[0]?.message).toBe('Column "empty" has no values at all and is left out.')
  })
})

describe('statistics', () => {
  it('are those of the values that are there', async () => {
    const { dataset } = await imported('x,y\n2,a\n4,a\n4,a\n4,a\n5,b\n5,b\n7,b\n9,b\n')
    expect(dataset.columns[0]?.statistics).toEqual({
      minimum: 2,
      maximum: 9,
      mean: 5,
      standardDeviation: 2,
      missing: 0,
      histogram: [1, 0, 0, 0, 0, 3, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    })
  })
})

describe('the way a table is written', () => {
  const expected = { name: ['Ünal', 'Łukasz, jr.'], x: [1.5, 2], 'he said': ['"hi"\nthere', 'no'] }
  const comma = 'name,x,he said\nÜnal,1.5,"""hi""\nthere"\n"Łukasz, jr.",2,no\n'
  const utf16 = (text: string) => Buffer.from(text, 'utf16le')

  it.each([
    ['commas', comma, 'table.csv'],
    ['quotes with line breaks and Windows line ends', comma.replaceAll('\n', '\r\n'), 'table.csv'],
    ['semicolons', 'name;x;he said\nÜnal;1.5;"""hi""\nthere"\nŁukasz, jr.;2;no\n', 'table.csv'],
    ['tabs', 'name\tx\the said\nÜnal\t1.5\t"""hi""\nthere"\nŁukasz, jr.\t2\tno\n', 'table.tsv'],
    ['bars', 'name|x|he said\nÜnal|1.5|"""hi""\nthere"\nŁukasz, jr.|2|no\n', 'table.txt'],
    [
      'spaces after the delimiter',
      comma.replaceAll(',', ', ').replace('Łukasz,  jr', 'Łukasz, jr'),
      'table.csv',
    ],
    ['empty lines', `\n${comma.replace('Ünal', '\nÜnal')}\n\n`, 'table.csv'],
    ['no line end after the last row', comma.trimEnd(), 'table.csv'],
    ['a byte order mark', `\uFEFF${comma}`, 'table.csv'],
    ['a byte order mark before a quote', `\uFEFF${comma.replace('name', '"name"')}`, 'table.csv'],
    ['UTF-16, little endian', utf16(`\uFEFF${comma}`), 'table.csv'],
    ['UTF-16, big endian', utf16(`\uFEFF${comma}`).swap16(), 'table.csv'],
    ['UTF-16 without a mark', utf16(comma), 'table.csv'],
    ['gzip', gzipSync(comma), 'table.csv.gz'],
    ['an unknown extension', comma, 'table.export'],
  ])('may use %s', async (_, content, fileName) => {
    const { values, dataset } = await imported(content, {}, fileName)
    const written = Object.fromEntries(
      Object.entries(values).map(([name, column]) => [
        name,
        column.map((value) => (typeof value === 'string' ? value.replace('\r\n', '\n') : value)),
      ]),
    )
    expect(written).toEqual(expected)
    expect(dataset).toMatchObject({ format: 'csv', rows: 2 })
  })

  it('may use decimal commas where commas do not part the fields', async () => {
    const { dataset, values } = await imported('preis;menge\n1,5;1\n2,25;2\n1.234,5;3\n-0,5;4\n')
    expect(dataset.columns.map(({ type }) => type)).toEqual(['number', 'number'])
    expect(values).toEqual({ preis: [1.5, 2.25, 1234.5, -0.5], menge: [1, 2, 3, 4] })
  })

  it('may do without a header', async () => {
    const { values } = await imported('1,a\n2,b\n3,a\n')
    expect(values).toEqual({ 'column 1': [1, 2, 3], 'column 2': ['a', 'b', 'a'] })
  })

  it('may have a header of numbers when it is told so', async () => {
    const { values } = await imported('2019,2020\n1.5,2.5\n', { header: true })
    expect(values).toEqual({ 2019: [1.5], 2020: [2.5] })
  })

  it('may use a delimiter that is named', async () => {
    const { values } = await imported('a:b\n1:2.5\n3:4\n', { delimiter: ':' })
    expect(values).toEqual({ a: [1, 3], b: [2.5, 4] })
  })

  it('may name columns twice or not at all', async () => {
    const { dataset } = await imported('a,,a,a\n1,2,3,4.5\n1,2,3,4\n')
    expect(dataset.columns.map(({ name }) => name)).toEqual(['a', 'column 2', 'a (2)', 'a (3)'])
  })

  it('may have more rows than a chunk holds', async () => {
    const rows = Array.from({ length: 2500 }, (_, row) => `${row},${row % 2 ? 'odd' : 'even'}`)
    const { dataset, values } = await imported(`n,kind\n${rows.join('\n')}`)
    expect(dataset.rows).toBe(2500)
    expect(values.n).toEqual(Array.from({ length: 2500 }, (_, row) => row))
    expect(values.kind?.[2499]).toBe('odd')
  })
})
