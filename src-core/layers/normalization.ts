import { assertNever } from '../assert-never.ts'
import type { WeightSpec } from '../compile/model-plan.ts'
import { channelAxis } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer, type LoweringContext, type ShapeRefusal } from './define-layer.ts'
import { boolean, choice, numbers } from './parameter-fields.ts'
import { channelBroadcast, channelCount, perChannel, requirePerChannel } from './support/channels.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

/** What deviations are at least, as in keras.layers.Normalization. */
const smallestDeviation = 1e-7

interface NormalizationParameters {
  readonly statistics: 'given' | 'learned' | 'fitted'
  readonly mean: readonly number[]
  readonly variance: readonly number[]
  readonly invert: boolean
}

export const normalizationLayer = defineLayer({
  kind: 'normalization',
  label: 'Normalization',
  category: 'Preprocessing',
  description:
    'Shifts and scales each channel or feature to mean 0 and variance 1, by statistics that are given, that it gathers while training or that are taken of the training part before. Unlike BatchNormalization it uses the same numbers for every batch once they are known.',
  formula: 'y = (x − mean) / max(√variance, 1e−7)',
  reference:
    'Keras 3: keras.layers.Normalization; merging of statistics: Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances", 1979',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    statistics: choice({
      label: 'Statistics',
      essential: true,
      description:
        'given: the numbers below. learned: those of all batches seen in training so far; after the first epoch, those of the training part. fitted: those of the training part, counted once before the first step, as Keras’s adapt does.',
      default: 'given',
      choices: ['given', 'learned', 'fitted'],
    }),
    mean: numbers({
      label: 'Mean',
      description: 'One number, or one for each channel. For given statistics.',
      shownWhen: { parameter: 'statistics', isOneOf: ['given'] },
      default: [0],
      min: -1e9,
      max: 1e9,
    }),
    variance: numbers({
      label: 'Variance',
      description:
        'The squared standard deviation: one number, or one for each channel. For given statistics.',
      shownWhen: { parameter: 'statistics', isOneOf: ['given'] },
      default: [1],
      min: 0,
      max: 1e12,
    }),
    invert: boolean({
      label: 'Invert',
      description: 'Undoes the normalization: y = mean + x · max(√variance, 1e−7).',
      default: false,
      advanced: true,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const shape = onlyShape({ inputs })
    return refuseLists(shape, parameters) ?? shape
  },
  maskRule: () => 'passes',
  weights: ({ inputs, parameters }) => {
    const channels = channelCount(onlyShape({ inputs }))
    if (parameters.statistics === 'given') return []
    return parameters.statistics === 'learned' ? statisticsWeights(channels) : fittedWeights(channels)
  },
  fit: ({ parameters }) =>
    parameters.statistics === 'fitted'
      ? (channels) => ({
          mean: Float32Array.from(channels, ({ mean }) => mean),
          variance: Float32Array.from(channels, ({ variance }) => variance),
        })
      : undefined,
  flops: ({ output, parameters }) => (parameters.statistics === 'learned' ? 6 : 2) * elementCount(output),
  lower: (context) => {
    const { builder, inputs, parameters } = context
    const x = onlyTensor({ inputs })
    const { mean, deviation } = statisticsOf(context, x)
    if (parameters.invert) return builder.apply('Add', [builder.apply('Mul', [x, deviation]), mean])
    return builder.apply('Div', [builder.apply('Sub', [x, mean]), deviation])
  },
})

function refuseLists(shape: Shape, parameters: NormalizationParameters): ShapeRefusal | undefined {
  if (parameters.statistics !== 'given') return undefined
  return (
    requirePerChannel(shape, 'mean', 'mean', parameters.mean) ??
    requirePerChannel(shape, 'variance', 'variance', parameters.variance)
  )
}

function weight(name: string, size: number, kind: 'zeros' | 'ones' = 'zeros'): WeightSpec {
  return { name, shape: [size], initializer: { kind, fanIn: size, fanOut: size }, trainable: false }
}

function statisticsWeights(channels: number): WeightSpec[] {
  return [weight('count', 1), weight('mean', channels), weight('squares', channels)]
}

/** Before they are fitted, values pass as they are. */
function fittedWeights(channels: number): WeightSpec[] {
  return [weight('mean', channels), weight('variance', channels, 'ones')]
}

interface Statistics {
  readonly mean: TensorValue
  readonly deviation: TensorValue
}

function statisticsOf(context: LoweringContext<NormalizationParameters>, x: TensorValue): Statistics {
  const { builder, parameters, output, training } = context
  switch (parameters.statistics) {
    case 'given':
      return givenStatistics(builder, parameters, output)
    case 'fitted':
      return spreadStatistics(context, context.weight('mean'), context.weight('variance'))
    case 'learned':
      return learnedStatistics(context, training ? merged(context, x) : storedTotals(context))
    default:
      return assertNever(parameters.statistics, 'statistics')
  }
}

function givenStatistics(
  builder: GraphBuilder,
  parameters: NormalizationParameters,
  shape: Shape,
): Statistics {
  const deviations = parameters.variance.map((variance) => Math.max(Math.sqrt(variance), smallestDeviation))
  return {
    mean: perChannel(builder, parameters.mean, shape, 'mean'),
    deviation: perChannel(builder, deviations, shape, 'deviation'),
  }
}

/** Values seen per channel ([1]), their mean and their summed squared distance from it ([channels]). */
interface Totals {
  readonly count: TensorValue
  readonly mean: TensorValue
  readonly squares: TensorValue
}

function storedTotals({ weight }: LoweringContext<unknown>): Totals {
  return { count: weight('count'), mean: weight('mean'), squares: weight('squares') }
}

/** Before anything was seen, the variance is 1, so that values pass as they are. */
function learnedStatistics(context: LoweringContext<unknown>, totals: Totals): Statistics {
  const { builder } = context
  const { count, mean, squares } = totals
  const isFresh = builder.apply('Cast', [builder.apply('Less', [count, builder.scalar(0.5)])], { to: 1 })
  const variance = builder.apply('Div', [
    builder.apply('Add', [squares, isFresh]),
    builder.apply('Max', [count, builder.scalar(1)]),
  ])
  return spreadStatistics(context, mean, variance)
}

/** Numbers per channel, [channels], spread over a batch. */
function spreadStatistics(
  { builder, output }: LoweringContext<unknown>,
  mean: TensorValue,
  variance: TensorValue,
): Statistics {
  const root = builder.apply('Sqrt', [variance])
  const deviation = builder.apply('Max', [root, builder.scalar(smallestDeviation)])
  const spread = (value: TensorValue) =>
    builder.apply('Reshape', [value, builder.integers(channelBroadcast(output))])
  return { mean: spread(mean), deviation: spread(deviation) }
}

/** The stored totals and those of this batch, merged as Chan et al. do it; they become the stored ones. */
function merged(context: LoweringContext<unknown>, x: TensorValue): Totals {
  const { builder, output, updateWeight } = context
  const { add, multiply, subtract, divide } = arithmetic(builder)
  const before = storedTotals(context)
  const channels = 1 + channelAxis(output)
  const axes = builder.integers([...x.shape.keys()].filter((axis) => axis !== channels))
  const size = elementCount(x.shape) / channelCount(output)
  const batchMean = builder.apply('ReduceMean', [x, axes], { keepdims: 1 })
  const flat = (value: TensorValue) => builder.apply('Reshape', [value, builder.integers([-1])])
  const squares = builder.apply('ReduceSumSquare', [subtract(x, batchMean), axes], { keepdims: 0 })
  const count = add(before.count, builder.scalar(size))
  const difference = subtract(flat(batchMean), before.mean)
  const share = divide(builder.scalar(size), count)
  const between = multiply(multiply(difference, difference), multiply(before.count, share))
  const totals = {
    count,
    mean: add(before.mean, multiply(difference, share)),
    squares: add(add(before.squares, squares), between),
  }
  updateWeight('count', totals.count)
  updateWeight('mean', totals.mean)
  updateWeight('squares', totals.squares)
  return totals
}

function arithmetic(builder: GraphBuilder) {
  const binary = (operator: string) => (a: TensorValue, b: TensorValue) => builder.apply(operator, [a, b])
  return { add: binary('Add'), multiply: binary('Mul'), subtract: binary('Sub'), divide: binary('Div') }
}
