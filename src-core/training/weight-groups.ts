import type { ConstraintSpec, ModelPlan, RegularizerSpec } from '../compile/model-plan.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../tensor-graph/types.ts'

/** A weight and its place in its group's flat vector. */
export interface GroupedWeight {
  /** `<layer name>.<weight name>`. */
  readonly name: string
  readonly shape: Shape
  readonly offset: number
  readonly size: number
  readonly regularizer?: RegularizerSpec
}

/**
 * Weights that live in one state tensor. A large weight is alone and keeps its shape; small ones share a flat vector,
 * because an optimizer's dozen of elementwise operators cost more to start than to run on them.
 */
export interface WeightGroup {
  readonly name: string
  readonly shape: Shape
  readonly trainable: boolean
  /** Its share of the learning rate. */
  readonly learningRateFactor: number
  /** Whether weight decay pulls at it. */
  readonly decays: boolean
  /** Of a weight that is alone in its group. */
  readonly constraint?: ConstraintSpec
  readonly weights: readonly GroupedWeight[]
}

/** Elements from which on a weight gets a state tensor of its own; see docs/performance.md for the measurement. */
const largeWeight = 16_384

interface NamedWeight {
  readonly name: string
  readonly shape: Shape
  readonly trainable: boolean
  readonly frozen?: boolean
  readonly learningRateFactor: number
  readonly decays: boolean
  readonly regularizer?: RegularizerSpec
  readonly constraint?: ConstraintSpec
}

export interface Packing {
  /** True when every trainable weight needs a tensor of its own. */
  readonly perWeight: boolean
  /** True when biases and the weights of normalization layers are kept apart, because they do not decay. */
  readonly separatesDecay: boolean
}

const closest: Packing = { perWeight: false, separatesDecay: false }

/** How the weights of a model are packed: depends on the plan and on what moves the weights, not on batches or runs. */
export function groupWeights(plan: ModelPlan, packing: Packing = closest): WeightGroup[] {
  const weights = namedWeights(plan, packing)
  const isAlone = ({ shape, constraint }: NamedWeight) =>
    packing.perWeight || constraint !== undefined || elementCount(shape) >= largeWeight
  const trainable = weights.filter((weight) => weight.trainable)
  const frozen = weights.filter((weight) => weight.frozen)
  const small = Map.groupBy(
    trainable.filter((weight) => !isAlone(weight)),
    smallGroupName,
  )
  return [
    ...trainable.filter(isAlone).map((weight) => group(weight.name, [weight])),
    ...[...small].map(([name, members]) => group(name, members)),
    ...frozen.filter(isAlone).map((weight) => group(weight.name, [weight])),
    group(
      'frozen',
      frozen.filter((weight) => !isAlone(weight)),
    ),
    group(
      'statistics',
      weights.filter((weight) => !weight.trainable && !weight.frozen),
    ),
  ].filter(({ weights }) => weights.length > 0)
}

function namedWeights(plan: ModelPlan, { separatesDecay }: Packing): NamedWeight[] {
  return plan.layers.flatMap((layer) =>
    layer.weights.map((weight) => ({
      ...weight,
      name: `${layer.name}.${weight.name}`,
      learningRateFactor: layer.learningRateFactor ?? 1,
      // Whatever has one axis is a bias, or a scale or shift of a normalization.
      decays: !separatesDecay || (weight.shape.length > 1 && !/bias$/i.test(weight.name)),
    })),
  )
}

/** Only weights that are moved alike can share a tensor. */
function smallGroupName({ learningRateFactor, decays }: NamedWeight): string {
  return `small${learningRateFactor === 1 ? '' : `×${learningRateFactor}`}${decays ? '' : '-undecayed'}`
}

/** Packs weights that are trained alike; frozen ones have no penalty, because nothing can lower it. */
function group(name: string, weights: readonly NamedWeight[]): WeightGroup {
  let offset = 0
  const placed: GroupedWeight[] = []
  for (const { name, shape, regularizer, trainable } of weights) {
    const size = elementCount(shape)
    placed.push({ name, shape, offset, size, ...(trainable && regularizer && { regularizer }) })
    offset += size
  }
  const [only] = placed
  const shape = placed.length === 1 && only ? only.shape : [offset]
  const [first] = weights
  const { trainable = false, learningRateFactor = 1, decays = true, constraint } = first ?? {}
  const trained = { trainable, learningRateFactor, decays, ...(constraint && { constraint }) }
  return { name, shape, ...trained, weights: placed }
}

/** The weights of a group as tensors of their own shapes. */
export function splitGroup(
  builder: GraphBuilder,
  { weights }: WeightGroup,
  packed: TensorValue,
): Map<string, TensorValue> {
  const [only] = weights
  if (weights.length === 1 && only) return new Map([[only.name, packed]])
  const sizes = builder.integers(weights.map(({ size }) => size))
  const pieces = builder.applyMany('Split', [packed, sizes], { axis: 0 }, weights.length)
  return new Map(
    pieces.map((piece, index) => {
      const { name, shape } = weights[index] ?? { name: '', shape: [] }
      return [name, reshape(builder, piece, shape)]
    }),
  )
}

/** The reverse of {@link splitGroup}; `tensor` gives each weight's value (or gradient). */
export function joinGroup(
  builder: GraphBuilder,
  { weights }: WeightGroup,
  tensor: (name: string) => TensorValue,
): TensorValue {
  const [only] = weights
  if (weights.length === 1 && only) return tensor(only.name)
  const flat = weights.map(({ name, size }) => reshape(builder, tensor(name), [size]))
  return builder.apply('Concat', flat, { axis: 0 })
}

function reshape(builder: GraphBuilder, value: TensorValue, shape: Shape): TensorValue {
  if (value.shape.join() === shape.join()) return value
  return builder.apply('Reshape', [value, builder.integers(shape)])
}

/** A weight's tensor by full name. Throws when there is none: groups hold every weight of a plan. */
export function weightTensor(tensors: ReadonlyMap<string, TensorValue>, name: string): TensorValue {
  const tensor = tensors.get(name)
  if (!tensor) throw new Error(`there is no tensor for the weight ${name}`)
  return tensor
}
