import { insideRectangle, type Stretch } from '../layers/support/rectangle.ts'
import { sizeAt } from '../shapes/axes.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../tensor-graph/types.ts'
import { betaQuantiles } from './beta-distribution.ts'
import type { Objective } from './objective.ts'
import type { MixingSettings } from './run-config.ts'

/** A batch of which every sample is blended with another of the same batch. */
export interface MixedBatch {
  readonly features: ReadonlyMap<string, TensorValue>
  /** How much of each sample's own target counts, float32 [batch]; the rest counts for its partner's. */
  readonly share: TensorValue
}

/** Key of the noise that mixing draws. */
const noiseKey = 'training/mixing'

/** Steps of the table from which blends are drawn; between them they are interpolated. */
const quantileCount = 1024

/**
 * Blends every sample with its partner, the one at the same place from the batch's end: rows are shuffled, so that is
 * a random one. mixup (Zhang et al., 2018) blends all values by λ ~ Beta(α, α), drawn for each sample; cutMix (Yun et
 * al., 2019) pastes a rectangle of the partner that covers 1 − λ of the picture, as far as it lies inside.
 */
export function mixBatch(
  builder: GraphBuilder,
  { kind, alpha }: MixingSettings,
  features: ReadonlyMap<string, TensorValue>,
  batchSize: number,
  random: (key: string, shape: Shape) => TensorValue,
): MixedBatch {
  const noise = random(noiseKey, [batchSize, kind === 'cutMix' ? 3 : 1])
  if (kind === 'cutMix') return cutAndMix(builder, alpha, features, noise)
  const share = betaFrom(builder, noise, alpha)
  const blended = [...features].map(([id, x]): [string, TensorValue] => {
    const partner = partnersOf(builder, x)
    const spread = builder.integers([0, ...x.shape.slice(1).map(() => 1)])
    const own = builder.apply('Mul', [
      builder.apply('Sub', [x, partner]),
      builder.apply('Reshape', [share, spread]),
    ])
    return [id, builder.apply('Add', [partner, own])]
  })
  return { features: new Map(blended), share: flat(builder, share) }
}

function cutAndMix(
  builder: GraphBuilder,
  alpha: number,
  features: ReadonlyMap<string, TensorValue>,
  noise: TensorValue,
): MixedBatch {
  const [[id, x] = [], ...others] = features
  if (id === undefined || !x || others.length > 0) throw new Error('cutMix takes exactly one input')
  const [area, vertical, horizontal] = builder.applyMany('Split', [noise], { axis: 1, num_outputs: 3 }, 3)
  if (!area || !vertical || !horizontal) throw new Error('cutMix drew too few numbers')
  const kept = betaFrom(builder, area, alpha)
  const side = builder.apply('Sqrt', [builder.apply('Sub', [builder.scalar(1), kept])])
  const stretch = (place: TensorValue, size: number): Stretch => {
    const length = builder.apply('Floor', [builder.apply('Mul', [side, builder.scalar(size)])])
    const centre = builder.apply('Floor', [builder.apply('Mul', [place, builder.scalar(size)])])
    const half = builder.apply('Floor', [builder.apply('Mul', [length, builder.scalar(0.5)])])
    return { start: builder.apply('Sub', [centre, half]), length }
  }
  const rows = stretch(vertical, sizeAt(x.shape, 2))
  const isPasted = insideRectangle(builder, x, rows, stretch(horizontal, sizeAt(x.shape, 3)))
  const mixed = builder.apply('Where', [isPasted, partnersOf(builder, x), x])
  const pasted = builder.apply('Cast', [isPasted], { to: 1 })
  const pastedShare = builder.apply('ReduceMean', [pasted, builder.integers([1, 2, 3])], { keepdims: 0 })
  return {
    features: new Map([[id, mixed]]),
    share: builder.apply('Sub', [builder.scalar(1), pastedShare]),
  }
}

/** λ · loss(y, own target) + (1 − λ) · loss(y, partner's target), with weights of samples and sums likewise. */
export function mixedObjective(
  builder: GraphBuilder,
  share: TensorValue,
  targets: ReadonlyMap<string, TensorValue>,
  sampleWeight: TensorValue,
  build: (targets: ReadonlyMap<string, TensorValue>, sampleWeight: TensorValue) => Objective,
): Objective {
  const ownWeight = builder.apply('Mul', [sampleWeight, share])
  const rest = builder.apply('Sub', [builder.scalar(1), share])
  const partnerWeight = builder.apply('Mul', [partnersOf(builder, sampleWeight), rest])
  const partnerTargets = new Map([...targets].map(([id, target]) => [id, partnersOf(builder, target)]))
  const own = build(targets, ownWeight)
  const partner = build(partnerTargets, partnerWeight)
  const [ownTotal, partnerTotal] = [own.weight, partner.weight]
  // Each objective is a mean over its own weights; a batch whose weights are all zero teaches nothing.
  const weight = builder.apply('Add', [ownTotal, partnerTotal])
  const whole = builder.apply('Max', [weight, builder.scalar(1e-12)])
  const weighted = builder.apply('Add', [
    builder.apply('Mul', [own.mean, ownTotal]),
    builder.apply('Mul', [partner.mean, partnerTotal]),
  ])
  return {
    mean: builder.apply('Div', [weighted, whole]),
    weight,
    sums: builder.apply('Add', [own.sums, partner.sums]),
    layout: own.layout,
  }
}

/** The samples of a batch in reverse order. */
function partnersOf(builder: GraphBuilder, x: TensorValue): TensorValue {
  const size = sizeAt(x.shape, 0)
  const order = builder.integers(Array.from({ length: size }, (_, at) => size - 1 - at))
  return builder.apply('Gather', [x, order], { axis: 0 })
}

/** Turns uniform noise [batch, 1] into numbers of the distribution Beta(α, α). */
function betaFrom(builder: GraphBuilder, noise: TensorValue, alpha: number): TensorValue {
  const quantiles = Float32Array.from(betaQuantiles(alpha, quantileCount))
  const table = (name: string, values: Float32Array) =>
    builder.constant('float32', [quantileCount], values, name)
  const place = builder.apply('Mul', [noise, builder.scalar(quantileCount)])
  const below = builder.apply('Floor', [place])
  const index = builder.apply('Cast', [below], { to: 7 })
  const low = builder.apply('Gather', [table('quantiles', quantiles.slice(0, -1)), index], { axis: 0 })
  const high = builder.apply('Gather', [table('nextQuantiles', quantiles.slice(1)), index], { axis: 0 })
  const between = builder.apply('Mul', [
    builder.apply('Sub', [high, low]),
    builder.apply('Sub', [place, below]),
  ])
  return builder.apply('Add', [low, between])
}

function flat(builder: GraphBuilder, column: TensorValue): TensorValue {
  return builder.apply('Reshape', [column, builder.integers([-1])])
}
