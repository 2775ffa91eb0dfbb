import { RunningStatistics } from '../running-statistics.ts'
import { type DecimalMark, isMissing, numberIn } from './values.ts'

/** Where a value lies: the row counted from 1 without the header, and its line in the file. */
export interface Place {
  readonly row: number
  readonly line: number
  readonly value: string
}

/** What was seen of a column under one reading of its numbers. */
export interface NumberReading {
  readonly statistics: RunningStatistics
  /** The first value that is neither a number nor missing. */
  firstText: Place | undefined
}

/** More different texts than this are no categories. */
export const mostCategories = 1000

/** What one pass over a column finds out: enough to decide its type, in memory that does not grow with the rows. */
export class ColumnProfile {
  readonly name: string
  missing = 0
  /** Values that are not missing. */
  present = 0
  /** Rows by value, as long as there are not too many different ones. */
  readonly counts = new Map<string, number>()
  tooManyValues = false
  readonly readings: Readonly<Record<DecimalMark, NumberReading>> = {
    '.': { statistics: new RunningStatistics(), firstText: undefined },
    ',': { statistics: new RunningStatistics(), firstText: undefined },
  }
  readonly #marks: readonly DecimalMark[]

  /** `allowComma`: whether numbers may be written with a decimal comma. */
  constructor(name: string, allowComma: boolean) {
    this.name = name
    this.#marks = allowComma ? ['.', ','] : ['.']
  }

  add(field: string, row: number, line: number): void {
    const value = field.trim()
    if (isMissing(value)) {
      this.missing += 1
      return
    }
    for (const mark of this.#marks) {
      const reading = this.readings[mark]
      const number = numberIn(value, mark)
      // What is stored is float32, and so is what the statistics speak of.
      if (!Number.isNaN(number)) reading.statistics.add(Math.fround(number))
      else reading.firstText ??= { row, line, value }
    }
    this.#countValue(value)
  }

  #countValue(value: string): void {
    this.present += 1
    const count = this.counts.get(value)
    if (this.tooManyValues) return
    if (count !== undefined) this.counts.set(value, count + 1)
    else if (this.counts.size < mostCategories) this.counts.set(value, 1)
    else {
      this.tooManyValues = true
      this.counts.clear()
    }
  }
}
