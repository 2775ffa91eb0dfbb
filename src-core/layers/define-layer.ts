import type { RegularizerSpec, WeightSpec } from '../compile/model-plan.ts'
import type { Fix } from '../problems.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../tensor-graph/types.ts'
import type { ParameterSchema, ParameterValues } from './parameter-fields.ts'

export type { RegularizerSpec }

export const layerCategories = [
  'Input and output',
  'Core',
  'Convolution',
  'Pooling',
  'Normalization',
  'Activation',
  'Regularization',
  'Merge',
  'Shape',
  'Mathematics',
  'Embedding',
  'Recurrent',
  'Attention',
  'Block',
  'Preprocessing',
  'Augmentation',
] as const
export type LayerCategory = (typeof layerCategories)[number]

export interface PortDefinition {
  readonly name: string
  readonly label: string
  /** True when the port takes several wires, in the order of the document's connections. */
  readonly many?: boolean
  /** Fewest wires of a `many` port. */
  readonly minimum?: number
  /** Most wires of a `many` port; any number when absent. */
  readonly maximum?: number
}

/** A part of the loss that layers add and that is worth a curve of its own. */
export type ReportedLoss = 'klLoss'

export type Remedy = 'insertFlatten' | 'insertGlobalAveragePooling2d' | 'setSamePadding'

/** What a layer says when the shapes that reach it do not fit. The validator adds layer names and locations. */
export interface ShapeRefusal {
  readonly code: 'shape.mismatch' | 'shape.rank' | 'shape.tooSmall' | 'layer.badParameter'
  /** What is expected, e.g. "expects an image of 3 axes (channels × height × width)". */
  readonly expected: string
  readonly hint?: string
  readonly parameter?: string
  /** True when the layer's own parameters do not go together, whatever shapes reach it. */
  readonly ownFault?: boolean
  /** A remedy the validator knows how to turn into edits. */
  readonly remedy?: Remedy
  readonly fix?: Fix
}

/** A warning about shapes that fit. The validator adds layer names and locations. */
export interface ShapeAdvice {
  readonly code: ShapeRefusal['code']
  /** Follows the layer's name, e.g. "works on the last axis of an image only". */
  readonly message: string
  readonly hint?: string
  readonly remedy?: Remedy
}

/**
 * What becomes of the padding masks that reach a layer. `ignores`: they end here, and the compiler warns. `uses`: the
 * layer reads them and its result has none. `passes`: the result has the masks of all inputs. `passesFirst`: it has that of
 * the first input, which the layer sets. `makes`: the layer sets one of its own.
 */
export type MaskRule = 'ignores' | 'uses' | 'passes' | 'passesFirst' | 'makes'

export interface LayerContext<P> {
  readonly parameters: P
  /** Shapes of the wires, per sample. */
  readonly inputs: readonly Shape[]
}

export interface ShapedLayerContext<P> extends LayerContext<P> {
  readonly output: Shape
}

/** Keeps what a layer hands on from batch to batch. */
export interface StateCarrier {
  /** float32 of a batched shape: zeros at first, then what the batch before handed on, row by row. It takes no gradient. */
  carried(name: string, shape: Shape): TensorValue
  /** Hands a value on to the next batch. */
  carry(name: string, next: TensorValue): void
}

export interface LoweringContext<P> {
  readonly builder: GraphBuilder
  readonly parameters: P
  /** Batched tensors: [batch, ...shape]. In reshapes the batch axis must be written as 0 (copy), so that exports can leave it open. */
  readonly inputs: readonly TensorValue[]
  /** Per sample, without the batch axis. */
  readonly output: Shape
  readonly batchSize: number
  readonly training: boolean
  /** The tensor of one of this layer's weights. */
  weight(name: string): TensorValue
  /** Sets what a non-trainable weight is after this step. */
  updateWeight(name: string, next: TensorValue): void
  /** Uniform noise in [0, 1), new at every step, a function of seed, step and layer only. Batched shape. */
  random(shape: Shape): TensorValue
  /**
   * Adds a float32 scalar, the mean over the batch, to the loss that training descends and evaluation reports. With a name
   * it is also reported by itself; the layer's `reportedLosses` must list it.
   */
  addLoss(value: TensorValue, name?: ReportedLoss): void
  /** Padding masks of the inputs, float32 [batch, steps]: 1 where a step counts, 0 where it is padding. */
  readonly masks: readonly (TensorValue | undefined)[]
  /** Sets the mask of the result: for layers whose rule is `makes` or `passesFirst`. */
  setMask(mask: TensorValue): void
  /** Absent where every batch begins at zero, as in previews. */
  readonly carrier?: StateCarrier
}

/** One channel of what reaches a layer, over the training part; the variance is that of the population (divided by n). */
export interface ChannelStatistics {
  readonly mean: number
  readonly variance: number
}

/** Weights by name, from the channels in their order. */
export type LayerFit = (channels: readonly ChannelStatistics[]) => Readonly<Record<string, Float32Array>>

/** Everything there is to know about one kind of layer. Palette, inspector, validation, docs and tests derive from it. */
export interface LayerDefinition<S extends ParameterSchema = ParameterSchema> {
  readonly kind: string
  readonly label: string
  readonly category: LayerCategory
  /** One or two sentences for people: what it does and when to use it. */
  readonly description: string
  /** The formula in plain text, e.g. "y = activation(x · kernel + bias)". */
  readonly formula: string
  /** Where the definition comes from: a paper or the Keras/ONNX page's name. */
  readonly reference: string
  readonly inputs: readonly PortDefinition[]
  readonly outputs: readonly PortDefinition[]
  readonly parameters: S
  inferShape(context: LayerContext<ParameterValues<S>>): Shape | ShapeRefusal
  weights(context: ShapedLayerContext<ParameterValues<S>>): readonly WeightSpec[]
  /** Where some weights are not learned but follow from the training part: they are set once, before the first step. */
  fit?(context: ShapedLayerContext<ParameterValues<S>>): LayerFit | undefined
  /** What is allowed, but is probably not what was meant. */
  advise?(context: ShapedLayerContext<ParameterValues<S>>): ShapeAdvice | undefined
  /** The parameter that says how many different whole numbers the layer's input may hold, where it looks them up. */
  readonly indexCountParameter?: string
  /** Without this, masks are ignored. */
  maskRule?(context: ShapedLayerContext<ParameterValues<S>>): MaskRule
  /** Forward floating point operations for one sample. */
  flops(context: ShapedLayerContext<ParameterValues<S>>): number
  /** Names of losses of its own that are reported beside the whole loss. */
  readonly reportedLosses?: readonly ReportedLoss[]
  /** float32 elements that the forward pass keeps for one sample; without this, the elements of the output. */
  activationElements?(context: ShapedLayerContext<ParameterValues<S>>): number
  lower(context: LoweringContext<ParameterValues<S>>): TensorValue
}

/** Types a definition; the catalogue holds them with their parameter types erased. */
export function defineLayer<const S extends ParameterSchema>(
  definition: LayerDefinition<S>,
): LayerDefinition<S> {
  return definition
}

/** Tells a refusal from a shape. */
export function isRefusal(result: Shape | ShapeRefusal): result is ShapeRefusal {
  return !Array.isArray(result)
}
