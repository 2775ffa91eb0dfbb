import { assertNever } from '../assert-never.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'
import type { InputNormalization } from '../training/normalization.ts'
import type { NormalizationKind } from '../training/run-config.ts'
import type { ColumnSpec } from './dataset-spec.ts'

/** How the columns of one input layer become its raw values, and those what the model sees. Fitted on the training part. */
export interface InputPreparation extends InputNormalization {
  /** What stands in for a missing value, raw: one number, or one per value of a sample. */
  readonly fill: number | Float32Array
}

export interface ValueStatistics {
  readonly mean: number
  /** Of the population (divided by n), as scikit-learn's StandardScaler and Keras' Normalization take it. */
  readonly standardDeviation: number
  readonly minimum: number
  readonly maximum: number
}

/** Mean and deviation in one pass (Welford 1962); values that are not numbers count as missing. */
export class RunningStatistics {
  #count = 0
  #mean = 0
  #squares = 0
  #minimum = Number.POSITIVE_INFINITY
  #maximum = Number.NEGATIVE_INFINITY

  add(value: number): void {
    if (Number.isNaN(value)) return
    this.#count += 1
    const difference = value - this.#mean
    this.#mean += difference / this.#count
    this.#squares += difference * (value - this.#mean)
    if (value < this.#minimum) this.#minimum = value
    if (value > this.#maximum) this.#maximum = value
  }

  /** Zeros when no value was added. */
  result(): ValueStatistics {
    if (this.#count === 0) return { mean: 0, standardDeviation: 0, minimum: 0, maximum: 0 }
    return {
      mean: this.#mean,
      standardDeviation: Math.sqrt(this.#squares / this.#count),
      minimum: this.#minimum,
      maximum: this.#maximum,
    }
  }
}

/** Values one row of a column contributes to an input layer: a category is spread over one value per category. */
export function encodedSize(column: ColumnSpec): number {
  return column.type === 'category' ? (column.categories?.length ?? 0) : elementCount(column.shape)
}

/** The largest value of a stored pixel. */
const brightest = 255

interface Affine {
  readonly offset: number
  readonly scale: number
  readonly fill: number
}

const unchanged: Affine = { offset: 0, scale: 1, fill: 0 }

/**
 * The preparation of an input layer of shape `sample` that is fed by these columns, in this order. `statistics` gives
 * those of a number column, or of one channel of an image, over the training part; it is called only where they matter.
 */
export function prepareInput(
  columns: readonly ColumnSpec[],
  sample: Shape,
  kind: NormalizationKind,
  statistics: (column: ColumnSpec, channel: number) => ValueStatistics,
): InputPreparation {
  const parts = columns.map((column) => columnParts(column, kind, statistics))
  const [only] = parts
  // What holds for whole channels is told by channel, where the model still sees channels.
  if (only && parts.length === 1 && (only.length === 1 || only.length === sample[0])) return collect(only)
  const values = parts.flatMap((part, index) => {
    const perPart = columns[index] ? encodedSize(columns[index]) / part.length : 0
    return part.flatMap((affine) => Array.from({ length: perPart }, () => affine))
  })
  return collect(values)
}

/** One transformation for the whole column, or one per channel, or one per value. */
function columnParts(
  column: ColumnSpec,
  kind: NormalizationKind,
  statistics: (column: ColumnSpec, channel: number) => ValueStatistics,
): readonly Affine[] {
  switch (column.type) {
    case 'category':
    case 'tokens':
      return [unchanged]
    case 'number':
      return [affine(kind === 'auto' ? 'standard' : kind, statistics(column, 0))]
    case 'image': {
      if (kind === 'none') return [unchanged]
      if (kind !== 'standard') return [{ offset: 0, scale: 1 / brightest, fill: 0 }]
      const channels = Array.from({ length: column.shape[0] ?? 1 }, (_, channel) => channel)
      return channels.map((channel) => affine('standard', statistics(column, channel)))
    }
    default:
      return assertNever(column.type, 'column type')
  }
}

function affine(kind: Exclude<NormalizationKind, 'auto'>, statistics: ValueStatistics): Affine {
  const { mean, standardDeviation, minimum, maximum } = statistics
  // A column that never varies tells nothing; dividing by its spread would make it noise.
  switch (kind) {
    case 'none':
      return { ...unchanged, fill: mean }
    case 'standard':
      return { offset: mean, scale: standardDeviation > 0 ? 1 / standardDeviation : 1, fill: mean }
    case 'minMax':
      return { offset: minimum, scale: maximum > minimum ? 1 / (maximum - minimum) : 1, fill: mean }
    default:
      return assertNever(kind, 'normalization')
  }
}

function collect(parts: readonly Affine[]): InputPreparation {
  const gather = (name: keyof Affine) => {
    const values = Float32Array.from(parts, (part) => part[name])
    const first = values[0] ?? 0
    return values.every((value) => value === first) ? first : values
  }
  return { offset: gather('offset'), scale: gather('scale'), fill: gather('fill') }
}
