import { streamOrder } from '../../../src-core/datasets/stream-order.ts'
import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import type { TrainStepOptions } from '../../../src-core/training/build-train-step.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import type { LayerLine } from '../../support/models.ts'
import type { Batch } from '../../support/train-loop.ts'
import { optionsFor, start } from '../../support/training-options.ts'
import { uniform } from './sequence-cases.ts'

export const [batchSize, windowSteps, features, windows] = [4, 5, 3, 24]
export const learningRate = 0.02
export const epochs = 2
export const stepsPerEpoch = windows / batchSize

interface StatefulLayer {
  readonly kind: 'simpleRnn' | 'lstm' | 'gru'
  readonly parameters: Readonly<Record<string, unknown>>
  readonly keras: { readonly class: string; readonly arguments: Readonly<Record<string, unknown>> }
}

const classes = { simpleRnn: 'SimpleRNN', lstm: 'LSTM', gru: 'GRU' } as const

/** Ours, and the same in Keras's names. */
function recurrent(
  kind: keyof typeof classes,
  units: number,
  more: Readonly<Record<string, unknown>> = {},
): StatefulLayer {
  const given = { units, ...more }
  const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const named = Object.fromEntries(Object.entries(given).map(([name, value]) => [snake(name), value]))
  return {
    kind,
    parameters: { ...given, stateful: true },
    keras: { class: classes[kind], arguments: { ...named, stateful: true } },
  }
}

export interface StatefulCase {
  readonly layers: readonly StatefulLayer[]
  readonly masked: boolean
}

const chains: Readonly<Record<string, readonly StatefulLayer[]>> = {
  simpleRnn: [recurrent('simpleRnn', 4)],
  lstm: [recurrent('lstm', 4)],
  'lstm with gates of its own': [recurrent('lstm', 4, { activation: 'relu', recurrentActivation: 'tanh' })],
  'lstm backwards': [recurrent('lstm', 4, { goBackwards: true })],
  'lstm without bias': [recurrent('lstm', 4, { useBias: false })],
  gru: [recurrent('gru', 4)],
  'gru, reset before': [recurrent('gru', 4, { resetAfter: false })],
  'gru without bias': [recurrent('gru', 4, { useBias: false })],
  'lstm on simpleRnn on gru': [
    recurrent('gru', 4, { returnSequences: true }),
    recurrent('simpleRnn', 3, { returnSequences: true }),
    recurrent('lstm', 5),
  ],
}

export const statefulCases: Readonly<Record<string, StatefulCase>> = Object.fromEntries(
  Object.entries(chains).flatMap(([name, layers]) => [
    [name, { layers, masked: false }],
    [`${name}, masked`, { layers, masked: true }],
  ]),
)

export function linesOf({ layers, masked }: StatefulCase): LayerLine[] {
  return [
    ['input', 'input', { shape: [windowSteps, features] }],
    ...(masked ? [['masking', 'masking'] satisfies LayerLine] : []),
    ...layers.map(({ kind, parameters }, index): LayerLine => [`layer${index}`, kind, { ...parameters }]),
    ['head', 'dense', { units: 1 }],
    ['output', 'output'],
  ]
}

/** Steps that are padding: in front of a window, inside, behind, and a whole window. */
function isPadding(row: number, step: number): boolean {
  const pattern = [[0, 1], [2], [3, 4], [0, 1, 2, 3, 4], []][row % 5] ?? []
  return pattern.includes(step)
}

/** One sequence in windows that follow each other, in the order of an epoch. */
export function sequenceOf({ masked }: StatefulCase) {
  const whole = uniform('sequence', windows * windowSteps * features, -1, 1)
  const goals = uniform('goals', windows, -1, 1)
  const rows = streamOrder(
    Uint32Array.from({ length: windows }, (_, row) => row),
    batchSize,
  )
  const size = windowSteps * features
  const x = Float32Array.from({ length: whole.length }, (_, at) => {
    const [row, inside] = [rows[Math.floor(at / size)] ?? 0, at % size]
    return masked && isPadding(row, Math.floor(inside / features)) ? 0 : (whole[row * size + inside] ?? 0)
  })
  return { x, y: Float32Array.from(rows, (row) => goals[row] ?? 0) }
}

/** The batches of all epochs. */
export function batchesOf(one: StatefulCase): Batch[] {
  const { x, y } = sequenceOf(one)
  const size = batchSize * windowSteps * features
  return Array.from({ length: epochs * stepsPerEpoch }, (_, step) => {
    const batch = step % stepsPerEpoch
    return {
      features: { input: x.slice(batch * size, (batch + 1) * size) },
      targets: { output: y.slice(batch * batchSize, (batch + 1) * batchSize) },
    }
  })
}

export function optionsOf(one: StatefulCase, changes: Partial<TrainStepOptions> = {}): TrainStepOptions {
  const optimizer = optimizerSchema.parse({ kind: 'adam', learningRate })
  const target = { kind: 'number', width: 1, name: 'goal' } as const
  return optionsFor(linesOf(one), target, { optimizer, batchSize, ...changes }, { shuffle: false })
}

/** First weights, and where they stand in Keras: those of the recurrent layers, then of the head. */
export function weightsOf(one: StatefulCase, options: TrainStepOptions) {
  const tensors = start(options)
  const named = (layer: string): NamedTensor[] => {
    const planned = options.plan.layers.find(({ name }) => name === layer)
    return (planned?.weights ?? []).flatMap(({ name }) => tensors.get(`${layer}.${name}`) ?? [])
  }
  const layers = [...one.layers.map((_, index) => named(`layer${index}`)), named('head')]
  return { tensors, layers }
}
