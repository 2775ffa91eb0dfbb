import type { Shape } from '../tensor-graph/types.ts'
import type { InitializerSpec } from '../training/initializers.ts'
import type { Recipe } from '../training/recipes/recipe-config.ts'

export interface RegularizerSpec {
  readonly l1: number
  readonly l2: number
}

/** What a weight is brought back to after each update. */
export interface ConstraintSpec {
  readonly kind: 'maxNorm' | 'nonNegative' | 'unitNorm' | 'minMaxNorm'
  /** Axes that norms are taken over. */
  readonly axes: readonly number[]
  readonly maximum: number
  readonly minimum: number
  /** How much of the way to the nearest norm is gone, from 0 to 1. */
  readonly rate: number
}

/** One weight of a layer; its full name in checkpoints is `<layer name>.<weight name>`. */
export interface WeightSpec {
  /** Keras vocabulary: kernel, bias, gamma, beta, movingMean, movingVariance. */
  readonly name: string
  /** Dense kernels are [inputs, units]; convolution kernels are [filters, channels / groups, …window]. */
  readonly shape: Shape
  readonly initializer: InitializerSpec
  /** False for statistics that the forward pass updates itself, and for the weights of frozen layers. */
  readonly trainable: boolean
  /** True for a weight that would be trained if its layer were not frozen. */
  readonly frozen?: boolean
  readonly regularizer?: RegularizerSpec
  readonly constraint?: ConstraintSpec
}

export interface PlannedInput {
  readonly layerId: string
  readonly port: string
  /** Without the batch axis. */
  readonly shape: Shape
}

/** A layer with everything decided. Shapes are per sample, channels first ([channels, height, width]). */
export interface PlannedLayer {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly inputs: readonly PlannedInput[]
  readonly outputShape: Shape
  readonly weights: readonly WeightSpec[]
  /** True when nothing in the layer may change: statistics are used as they are. */
  readonly frozen?: boolean
  /** The layer's share of the learning rate; 1 when absent. */
  readonly learningRateFactor?: number
  readonly parameterCount: number
  readonly trainableCount: number
  /** Floating point operations of one forward pass for one sample (a multiply-add counts as two). */
  readonly flops: number
  /** float32 elements that the forward pass keeps for one sample. */
  readonly activationElements: number
  /** Whether a padding mask goes along with the result. */
  readonly masked: boolean
}

/** Layers in execution order. Code exporters and Mermaid read this; nobody downstream sees the canvas. */
export interface ModelPlan {
  readonly name: string
  readonly layers: readonly PlannedLayer[]
  /** Ids of input layers, in document order. */
  readonly inputIds: readonly string[]
  /** Ids of output layers, in document order. */
  readonly outputIds: readonly string[]
  readonly parameterCount: number
  readonly trainableCount: number
  readonly flops: number
  readonly activationElements: number
  /** What a step of training does; absent: every output's loss against its target is descended. */
  readonly recipe?: Recipe
}
