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
  readonly statistics: 'given' | 'learned'
  readonly mean: readonly number[]
  readonly variance: readonly number[]
  readonly invert: boolean
}

export const normalizationLayer = defineLayer({
  kind: 'normalization',
  label: 'Normalization',
  category: 'Preprocessing',
  description:
    'Shifts and scales each channel or feature to mean 0 and variance 1, by statistics that are given or that it gathers while training. Unlike BatchNormalization it uses the same numbers for every batch once they are known.',
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
        'given: the numbers below. learned: those of all batches seen in training so far; after the first epoch, those of the training part.',
      default: 'given',
      choices: ['given', 'learned'],
    }),
    mean: numbers({
      label: 'Mean',
      description: 'One number, or one for each channel. For given statistics.',
      default: [0],
      min: -1e9,
      max: 1e9,
    }),
    variance: numbers({
      label: 'Variance',
      description:
        'The squared standard deviation: one number, or one for each channel. For given statistics.',
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
  weights: ({ inputs, parameters }) =>
    parameters.statistics === 'learned' ? statisticsWeights(channelCount(onlyShape({ inputs }))) : [],
  flops: ({ output, parameters }) => (parameters.statistics === 'learned' ? 6 : 2) * elementCount(output),
  lower: (context) => {
    const { builder, inputs, output, parameters, training } = context
    const x = onlyTensor({ inputs })
    const { mean, deviation } =
      parameters.statistics === 'given'
        ? givenStatistics(builder, parameters, output)
        : learnedStatistics(context, training ? merged(context, x) : storedTotals(context))
    if (parameters.invert) return builder.apply('Add', [builder.apply('Mul', [x, deviation]), mean])
    return builder.apply('Div', [builder.apply('Sub', [x, mean]), deviation])
  },
})

function refuseLists(shape: Shape, parameters: NormalizationParameters): ShapeRefusal | undefined {
  if (parameters.statistics === 'learned') return undefined
  return (
    requirePerChannel(shape, 'mean', 'mean', parameters.mean) ??
    requirePerChannel(shape, 'variance', 'variance', parameters.variance)
  )
}

function statisticsWeights(channels: number): WeightSpec[] {
  const weight = (name: string, size: number): WeightSpec => ({
    name,
    shape: [size],
    initializer: { kind: 'zeros', fanIn: size, fanOut: size },
    trainable: false,
  })
  return [weight('count', 1), weight('mean', channels), weight('squares', channels)]
}

interface Statistics {
  readonly mean: TensorValue
  readonly deviation: TensorValue
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
function learnedStatistics({ builder, output }: LoweringContext<unknown>, totals: Totals): Statistics {
  const { count, mean, squares } = totals
  const isFresh = builder.apply('Cast', [builder.apply('Less', [count, builder.scalar(0.5)])], { to: 1 })
  const variance = builder.apply('Div', [
    builder.apply('Add', [squares, isFresh]),
    builder.apply('Max', [count, builder.scalar(1)]),
  ])
  const deviation = builder.apply('Max', [
    builder.apply('Sqrt', [variance]),
    builder.scalar(smallestDeviation),
  ])
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
