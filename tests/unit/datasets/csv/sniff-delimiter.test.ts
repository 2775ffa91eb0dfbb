import { describe, expect, it } from 'vitest'
import { sniffDelimiter } from '../../../../src-main/datasets/csv/sniff-delimiter.ts'

describe('the delimiter of a table', () => {
  it.each([
    [',', 'a,b,c\n1,2,3\n'],
    [';', 'a;b;c\n1;2;3\n'],
    ['\t', 'a\tb\tc\n1\t2\t3\n'],
    ['|', 'a|b|c\n1|2|3\n'],
  ])('is %j where it parts every record alike', (delimiter, table) => {
    expect(sniffDelimiter(table)).toBe(delimiter)
  })

  it('is not the decimal comma', () => {
    expect(sniffDelimiter('preis;menge\n1,5;2,5\n2,5;3,5\n')).toBe(';')
    expect(sniffDelimiter('1,5;2,5;3,5\n2,5;3,5;4,5\n')).toBe(';')
  })

  it('is not a character inside the texts, even where every row has one', () => {
    expect(sniffDelimiter('name,tags\nx,a;b\ny,c;d\nz,e;f\n')).toBe(',')
    expect(sniffDelimiter('name,time\nx,"a;b;c"\ny,"a;b;c"\n')).toBe(',')
  })

  it('is found in spite of a row that is wrong', () => {
    expect(sniffDelimiter('a;b;c\n1;2;3\n1;2\n1;2;3\n')).toBe(';')
  })

  it('is a comma in a table of one column', () => {
    expect(sniffDelimiter('a\n1\n2\n')).toBe(',')
    expect(sniffDelimiter('')).toBe(',')
  })

  it('does not depend on a last line that is cut', () => {
    expect(sniffDelimiter('a,b,c\n1,2,3\n4,')).toBe(',')
  })
})
