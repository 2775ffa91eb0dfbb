import { fillUniform } from '../../../src-core/training/random.ts'

/** One comparison of connectionist temporal classification with its references. */
export interface CtcCase {
  readonly batch: number
  readonly steps: number
  readonly classes: number
  /** Columns of the target. */
  readonly width: number
  readonly head: 'Softmax' | 'LogSoftmax' | 'none'
  /** The head is none because the loss takes raw scores; otherwise what is given are probabilities. */
  readonly fromScores: boolean
  /** Bounds of what goes into the head. */
  readonly range: readonly [low: number, high: number]
  /** Whether a padding mask tells how many steps a sample has. */
  readonly masked: boolean
  /** How labels are drawn: anything, often the same twice, or as many and as equal as no path can give. */
  readonly labels: 'any' | 'repeated' | 'impossible' | 'none'
  /** Whether the scores nearly tell the labels, all of them in two of three samples. */
  readonly told?: boolean
}

const usual: CtcCase = {
  batch: 9,
  steps: 12,
  classes: 5,
  width: 5,
  head: 'Softmax',
  fromScores: false,
  range: [-3, 3],
  masked: false,
  labels: 'any',
}

export const ctcCases: Readonly<Record<string, CtcCase>> = {
  'CTC behind softmax': usual,
  'CTC behind log-softmax': { ...usual, head: 'LogSoftmax' },
  'CTC of raw scores': { ...usual, head: 'none', fromScores: true },
  'CTC of given probabilities': { ...usual, head: 'none', range: [0.01, 1] },
  'CTC of repeated labels': { ...usual, labels: 'repeated', classes: 3 },
  'CTC with padding': { ...usual, masked: true },
  'CTC with padding and repeated labels': { ...usual, masked: true, labels: 'repeated' },
  'CTC of labels that no path gives': { ...usual, masked: true, labels: 'impossible', width: 7 },
  'CTC of labels that are told': { ...usual, told: true, masked: true },
  'CTC without labels': { ...usual, labels: 'none', masked: true },
  'CTC of one label at one step': { ...usual, steps: 1, width: 1 },
  'CTC, saturated': { ...usual, range: [-90, 90] },
  'CTC of 120 steps': { ...usual, batch: 4, steps: 120, classes: 30, width: 25, masked: true },
}

/** What the references and the graph are both given. */
export interface CtcData {
  /** [batch, steps, classes]. */
  readonly scores: Float32Array
  /** [batch, width]: labels from 1 on, then 0. */
  readonly targets: Float32Array
  /** Steps of every sample. */
  readonly lengths: readonly number[]
  readonly sampleWeight: Float32Array
}

/** Random values of a stream of their own, as float32. */
export function uniform(key: string, count: number, low: number, high: number): Float32Array {
  const values = new Float32Array(count)
  fillUniform(values, 12, key, 0)
  return values.map((value) => low + (high - low) * value)
}

export function ctcData(given: CtcCase): CtcData {
  const { batch, steps, classes, width, masked, labels } = given
  const share = uniform('lengths', batch, 0, 1)
  const lengths = Array.from(share, (value) =>
    masked ? Math.max(1, Math.ceil(steps * (0.4 + 0.6 * value))) : steps,
  )
  const drawn = uniform('labels', batch * width, 0, 1)
  const targets = new Float32Array(batch * width)
  for (const [row, length] of lengths.entries()) {
    const count = labelCount(given, length, uniform('counts', batch, 0, 1)[row] ?? 0, row)
    for (let at = 0; at < count; at++) {
      const own = drawn[row * width + at] ?? 0
      const before = at > 0 ? (targets[row * width + at - 1] ?? 0) : 0
      const repeats = (labels === 'repeated' && own < 0.6) || labels === 'impossible'
      targets[row * width + at] = repeats && before > 0 ? before : 1 + Math.floor(own * (classes - 1))
    }
  }
  return {
    scores: scoresOf(given, targets),
    targets,
    lengths,
    sampleWeight: uniform('weights', batch, 0.2, 2),
  }
}

/** A label at every other step, blanks between them, and the last label of each third sample missing. */
function scoresOf(
  { batch, steps, classes, width, range, told }: CtcCase,
  targets: Float32Array,
): Float32Array {
  const scores = uniform('scores', batch * steps * classes, ...range)
  if (!told) return scores
  return scores.map((score, at) => {
    const step = Math.floor(at / classes) % steps
    const row = Math.floor(at / classes / steps)
    const label = step % 2 === 0 ? (targets[row * width + step / 2] ?? 0) : 0
    const isMissing = row % 3 === 0 && (targets[row * width + step / 2 + 1] ?? 0) === 0
    return score + (at % classes === (step / 2 < width && !isMissing ? label : 0) ? 8 : 0)
  })
}

/** Half as many labels as steps at most can be told whatever they are; a blank may be needed between each two. */
function labelCount({ width, labels }: CtcCase, length: number, share: number, row: number): number {
  if (labels === 'none') return 0
  if (labels === 'impossible') return row % 2 === 0 ? width : 1
  return Math.min(width, Math.ceil(length / 2), Math.ceil(share * (width + 1)))
}

/** 1 at steps that are data. */
export function ctcMask({ batch, steps }: CtcCase, { lengths }: CtcData): Float32Array {
  return Float32Array.from({ length: batch * steps }, (_, at) =>
    at % steps < (lengths[Math.floor(at / steps)] ?? 0) ? 1 : 0,
  )
}
