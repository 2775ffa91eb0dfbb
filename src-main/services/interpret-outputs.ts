import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import type { ColumnSpec } from '../../src-core/datasets/dataset-spec.ts'
import { elementCount } from '../../src-core/tensor-graph/types.ts'
import { isEmbeddingLoss, isLabelLoss } from '../../src-core/training/losses/loss-rules.ts'
import { type OutputHead, outputHead } from '../../src-core/training/losses/output-head.ts'
import { type LossKind, lossKinds } from '../../src-core/training/run-config.ts'

interface ClassPrediction {
  readonly class: string
  readonly probability: number
  readonly probabilities: Readonly<Record<string, number>>
}

/** What an output says about one sample: a class with the probabilities of all, or numbers. */
export type Prediction =
  | ClassPrediction
  | { readonly value: number }
  /** The likeliest token at every step, and how likely it is. */
  | { readonly text: string; readonly confidence: readonly number[] }
  /** The labels that are read from all steps, and how likely each was at the step where it was read. */
  | { readonly labels: readonly number[]; readonly confidence: readonly number[] }
  | { readonly values: readonly number[] }

/**
 * Reads an output's raw values as people understand them. `columns` are what the output was trained against: for a
 * category the values become probabilities of its classes, whatever the head ends in (softmax, log-softmax, sigmoid,
 * raw scores, tanh); numbers stay numbers, and so do embeddings.
 */
export function interpretOutput(
  plan: ModelPlan,
  outputId: string,
  columns: readonly ColumnSpec[],
  data: Float32Array,
): Prediction[] {
  const head = outputHead(plan, outputId)
  const size = elementCount(head.shape)
  const rows = Array.from({ length: data.length / size }, (_, row) => [
    ...data.subarray(row * size, (row + 1) * size),
  ])
  const [target] = columns
  // An embedding says where a sample lies, not which class it is.
  if (isTrainedWith(head, isEmbeddingLoss)) return rows.map(numbers)
  if (isTrainedWith(head, isLabelLoss)) return rows.map((values) => labelList(head, values))
  if (target?.type === 'tokens') return rows.map((values) => tokenText(target, values, head.activation))
  const classes = target?.type === 'category' ? target.categories : undefined
  if (classes === undefined) return rows.map(numbers)
  return rows.map((values) => classed(classes, probabilities(values, head.activation)))
}

function isTrainedWith({ output }: OutputHead, isOfKind: (kind: LossKind) => boolean): boolean {
  const kind = lossKinds.find((loss) => loss === output.parameters.loss)
  return kind !== undefined && isOfKind(kind)
}

/** Best path decoding: the likeliest class of every step, repetitions merged and blanks (0) dropped. */
function labelList({ shape, activation }: OutputHead, values: readonly number[]): Prediction {
  const classes = shape.at(-1) ?? 1
  const best = Array.from({ length: values.length / classes }, (_, step) => {
    const shares = probabilities(values.slice(step * classes, (step + 1) * classes), activation)
    const share = Math.max(...shares)
    return { label: shares.indexOf(share), share }
  })
  const read = best.filter(({ label }, step) => label > 0 && label !== best[step - 1]?.label)
  return { labels: read.map(({ label }) => label), confidence: read.map(({ share }) => share) }
}

function tokenText(
  { categories = [] }: ColumnSpec,
  values: readonly number[],
  activation: string,
): Prediction {
  const units = categories.length
  const likeliest = Array.from({ length: values.length / units }, (_, step) =>
    classed(categories, probabilities(values.slice(step * units, (step + 1) * units), activation)),
  )
  return {
    text: likeliest.map((step) => step.class).join(''),
    confidence: likeliest.map((step) => step.probability),
  }
}

function numbers(values: readonly number[]): Prediction {
  const [first] = values
  return values.length === 1 && first !== undefined ? { value: first } : { values }
}

function classed(classes: readonly string[], shares: readonly number[]): ClassPrediction {
  const best = shares.indexOf(Math.max(...shares))
  return {
    class: classes[best] ?? String(best),
    probability: shares[best] ?? 0,
    probabilities: Object.fromEntries(shares.map((share, index) => [classes[index] ?? String(index), share])),
  }
}

/** One share per class; a head of one unit tells the second of two classes. */
function probabilities(given: readonly number[], activation: string): number[] {
  // Between −1 and 1, as hinge losses like it, 0 is undecided.
  const values = activation === 'tanh' ? given.map((value) => (1 + value) / 2) : given
  const [only] = values
  if (values.length === 1 && only !== undefined) {
    const second = activation === 'linear' ? 1 / (1 + Math.exp(-only)) : only
    return [1 - second, second]
  }
  if (activation === 'logSoftmax') return values.map(Math.exp)
  if (activation !== 'linear') return [...values]
  const largest = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
