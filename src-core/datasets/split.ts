import { failure, problem, type Result, success } from '../problems.ts'
import { shuffledIndices } from '../training/random.ts'
import type { SplitConfig } from '../training/run-config.ts'

export const datasetParts = ['train', 'validation', 'test'] as const
export type DatasetPart = (typeof datasetParts)[number]

/** Dataset row numbers of each part, ascending. Every usable row is in exactly one part. */
export type DatasetSplit = Readonly<Record<DatasetPart, Uint32Array>>

/** Epochs count from 1, so stream 0 of the shuffles is free for the split. */
const splitStream = 0

/**
 * Divides rows into training, validation and test parts: a pure function of its arguments.
 * With `classes` (class index by dataset row) and `stratify`, every class has its share in every part to within two
 * rows. Part sizes are the rounded shares either way. Fails with `data.tooFewRows` when a part that was asked for,
 * or the training part, would stay empty.
 */
export function splitRows(
  rows: Uint32Array,
  config: SplitConfig,
  seed: number,
  classes?: ArrayLike<number>,
): Result<DatasetSplit> {
  const shuffled = shuffledIndices(rows.length, seed, splitStream).map((index) => rows[index] ?? 0)
  const ordered = config.stratify && classes ? groupByClass(shuffled, classes) : shuffled
  const heldOutShare = config.validation + config.test
  const [heldOut, train] = everyNth(ordered, heldOutShare)
  const [test, validation] = everyNth(heldOut, heldOutShare > 0 ? config.test / heldOutShare : 0)
  return checkParts({ train: train.sort(), validation: validation.sort(), test: test.sort() }, rows, config)
}

/**
 * Divides rows that follow each other into three stretches: first training, then validation, then test. So that only the
 * rows at the two borders have neighbours in another part. Fails as {@link splitRows} does.
 */
export function splitInOrder(rows: Uint32Array, config: SplitConfig): Result<DatasetSplit> {
  const ordered = rows.slice().sort()
  const heldOut = Math.round(ordered.length * (config.validation + config.test))
  const test = heldOut - Math.round(ordered.length * config.validation)
  const [first, last] = [ordered.length - heldOut, ordered.length - test]
  const parts = {
    train: ordered.slice(0, first),
    validation: ordered.slice(first, last),
    test: ordered.slice(last),
  }
  return checkParts(parts, rows, config)
}

function checkParts(parts: DatasetSplit, rows: Uint32Array, config: SplitConfig): Result<DatasetSplit> {
  const empty = datasetParts.find((part) => parts[part].length === 0 && config[part] > 0)
  if (!empty) return success(parts)
  return failure(
    problem('data.tooFewRows', `With ${rows.length} usable rows the ${empty} part would be empty.`, {
      hint: `Add data, or give the ${empty} part ${empty === 'train' ? 'a larger share' : 'a larger share or none at all'}.`,
    }),
  )
}

/** The rows class by class, in the given order within a class. */
function groupByClass(rows: Uint32Array, classes: ArrayLike<number>): Uint32Array {
  const groups = new Map<number, number[]>()
  for (const row of rows) {
    const kind = classes[row] ?? -1
    const group = groups.get(kind)
    if (group) group.push(row)
    else groups.set(kind, [row])
  }
  return Uint32Array.from([...groups.entries()].sort(([a], [b]) => a - b).flatMap(([, group]) => group))
}

/**
 * Takes a share of the rows at even distances: exactly round(share × n) of them, and the same share of every
 * contiguous stretch to within one row.
 */
function everyNth(rows: Uint32Array, share: number): [taken: Uint32Array, left: Uint32Array] {
  const isTaken = (_row: number, index: number) => Math.round((index + 1) * share) > Math.round(index * share)
  return [rows.filter(isTaken), rows.filter((row, index) => !isTaken(row, index))]
}
