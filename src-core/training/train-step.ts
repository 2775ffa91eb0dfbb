import type { DataType, NamedTensor, Shape, TensorData, TensorGraph } from '../tensor-graph/types.ts'
import type { CarriedPort } from './carried-states.ts'
import type { SumLayout } from './metrics/read-metrics.ts'

/** A tensor the batch feeder must supply. */
export interface FeedPort {
  /** Graph input name. */
  readonly input: string
  readonly dtype: DataType
  /** With the batch axis first. */
  readonly shape: Shape
}

/** Uniform noise the feeder must supply: element i is `uniform(seed, key, step, i)` from random.ts. */
export interface RandomPort extends FeedPort {
  /** Stable across batch sizes and unrolling: derived from the layer's name. */
  readonly key: string
}

/** What one of the unrolled steps of a run reads. */
export interface StepFeeds {
  /** Raw (not normalised) values by input layer id, float32 [batch, ...shape]. */
  readonly features: ReadonlyMap<string, FeedPort>
  /** By output layer id: class index as int32 [batch] or [batch, steps], or float32 [batch, ...shape]. */
  readonly targets: ReadonlyMap<string, FeedPort>
  /** float32 [batch]; 1 for every plain sample. */
  readonly sampleWeight: FeedPort
  readonly random: readonly RandomPort[]
}

export interface StatePort {
  readonly input: string
  readonly output: string
  readonly dtype: DataType
  readonly shape: Shape
}

/**
 * One ordinary graph that does `stepsPerRun` whole steps, one batch each: forward, backward, and an update of the
 * weights (after every n-th batch only with gradient accumulation).
 * Its state tensors are packed for speed; `packState`/`unpackState` translate to and from named tensors, which is
 * what checkpoints hold and what does not depend on batch size or packing.
 */
export interface TrainStep extends SumLayout {
  readonly graph: TensorGraph
  readonly batchSize: number
  readonly stepsPerRun: number
  /** One entry per unrolled step. */
  readonly feeds: readonly StepFeeds[]
  /** Graph input, float32 [stepsPerRun]: the learning rate of every step of this run. */
  readonly learningRate: string
  /** Graph input, float32 scalar: steps (batches) taken before this run. */
  readonly stepCount: string
  readonly state: readonly StatePort[]
  /** What stateful layers hand on from batch to batch; not part of the state, because it belongs to a place in the data. */
  readonly carried: readonly CarriedPort[]
  /**
   * Output float32 [stepsPerRun, sumNames.length]: `sampleWeight`, `loss` (sum of weighted sample losses plus penalty ×
   * weight sum), then what metrics are read from.
   */
  readonly sums: string
  packState(tensors: ReadonlyMap<string, NamedTensor>): TensorData[]
  unpackState(state: readonly TensorData[]): NamedTensor[]
}

/** The same for evaluation (no update) and prediction. */
export interface ForwardStep extends SumLayout {
  readonly graph: TensorGraph
  readonly batchSize: number
  readonly features: ReadonlyMap<string, FeedPort>
  /** Empty for prediction graphs. */
  readonly targets: ReadonlyMap<string, FeedPort>
  /** Absent for prediction graphs. */
  readonly sampleWeight?: FeedPort
  /** Noise for recipes that cannot be scored without; absent otherwise. */
  readonly random?: readonly RandomPort[]
  /** What stateful layers hand on from batch to batch; none where every batch begins at zero. */
  readonly carried: readonly CarriedPort[]
  /** Weight inputs by full weight name (`<layer>.<weight>`). */
  readonly weights: ReadonlyMap<string, FeedPort>
  /** Output name by output layer id: what the model predicts (probabilities when the head ends in logits with a class loss are NOT added; it is the layer's own output). */
  readonly predictions: ReadonlyMap<string, string>
  /** Without it, as for prediction, there are no names either. */
  readonly sums?: string
}
