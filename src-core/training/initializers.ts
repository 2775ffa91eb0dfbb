import { assertNever } from '../assert-never.ts'
import type { ModelPlan } from '../compile/model-plan.ts'
import { elementCount, type NamedTensor, type Shape } from '../tensor-graph/types.ts'
import { fillIdentity, fillNormal, fillOrthogonal } from './matrix-initializers.ts'
import { inverseNormal } from './normal-distribution.ts'
import { fillUniform } from './random.ts'

/** Initializers as in Keras 3; fan-in and fan-out are decided by the layer that owns the weight. */
export const initializerKinds = [
  'zeros',
  'ones',
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
  'varianceScaling',
  'constant',
  'randomNormal',
  'randomUniform',
  'truncatedNormal',
  'orthogonal',
  'identity',
] as const

/** Kinds for weights with a single axis, such as biases. */
export const vectorInitializerKinds = [
  'zeros',
  'ones',
  'constant',
  'randomNormal',
  'randomUniform',
  'truncatedNormal',
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
  'varianceScaling',
] as const satisfies readonly InitializerKind[]
export type VectorInitializerKind = (typeof vectorInitializerKinds)[number]

export type InitializerKind = (typeof initializerKinds)[number]

export interface InitializerSpec {
  readonly kind: InitializerKind
  readonly fanIn: number
  readonly fanOut: number
  /** These elements start at 1 whatever the kind says: the forget gate's bias. */
  readonly ones?: { readonly from: number; readonly count: number }
  /** What `constant` fills with; 0 when absent. */
  readonly value?: number
}

// Probability that a standard normal variable is below -2, and the standard deviation that is left after cutting at ±2.
const belowMinusTwo = 0.02275013194817921
const truncatedDeviation = 0.8796256610342398

/** Standard deviation, or limit, of the kinds that do not look at the weight's size; Keras 3's default. */
const plainDeviation = 0.05

/**
 * First values of one weight: a function of seed, full name and shape only. As in Keras 3 with its default arguments:
 * VarianceScaling is uniform in ±√(3 scale / fan), or normal cut at two standard deviations and widened so that the
 * variance is scale / fan; randomNormal, randomUniform and truncatedNormal have deviation or limit 0.05.
 */
export function initialValues(spec: InitializerSpec, shape: Shape, seed: number, name: string): Float32Array {
  const values = drawnValues(spec, shape, seed, name)
  return spec.ones ? values.fill(1, spec.ones.from, spec.ones.from + spec.ones.count) : values
}

function drawnValues(spec: InitializerSpec, shape: Shape, seed: number, name: string): Float32Array {
  const values = new Float32Array(elementCount(shape))
  const key = `weight/${name}`
  switch (spec.kind) {
    case 'zeros':
      return values
    case 'ones':
      return values.fill(1)
    case 'constant':
      return values.fill(spec.value ?? 0)
    case 'identity':
      return fillIdentity(values, shape)
    case 'orthogonal':
      return fillOrthogonal(values, shape, seed, key)
    case 'randomNormal':
      return fillNormal(values, seed, key, plainDeviation)
    case 'randomUniform':
      return fillCentered(values, seed, key, plainDeviation)
    case 'truncatedNormal':
      return fillTruncated(values, seed, key, plainDeviation)
    case 'glorotUniform':
    case 'heUniform':
    case 'lecunUniform':
      return fillCentered(values, seed, key, Math.sqrt(3 * targetVariance(spec)))
    case 'glorotNormal':
    case 'heNormal':
    case 'lecunNormal':
    case 'varianceScaling':
      return fillTruncated(values, seed, key, Math.sqrt(targetVariance(spec)) / truncatedDeviation)
    default:
      return assertNever(spec.kind, 'initializer')
  }
}

/** Uniform in ±limit. */
function fillCentered(values: Float32Array, seed: number, key: string, limit: number): Float32Array {
  fillUniform(values, seed, key, 0)
  for (let i = 0; i < values.length; i++) values[i] = (2 * (values[i] ?? 0) - 1) * limit
  return values
}

/** Normal, cut at two of its deviations. */
function fillTruncated(values: Float32Array, seed: number, key: string, deviation: number): Float32Array {
  fillUniform(values, seed, key, 0)
  for (let i = 0; i < values.length; i++) {
    const probability = belowMinusTwo + (values[i] ?? 0) * (1 - 2 * belowMinusTwo)
    values[i] = deviation * inverseNormal(probability)
  }
  return values
}

/** Variance of the values that an initializer of the VarianceScaling family draws. */
function targetVariance({ kind, fanIn, fanOut }: InitializerSpec): number {
  if (kind.startsWith('glorot')) return 1 / Math.max(1, (fanIn + fanOut) / 2)
  return (kind.startsWith('he') ? 2 : 1) / Math.max(1, fanIn)
}

/** First values of every weight of a model, by full name `<layer name>.<weight name>`. The same seed gives the same values. */
export function initializeWeights(plan: ModelPlan, seed: number): Map<string, NamedTensor> {
  const tensors = new Map<string, NamedTensor>()
  for (const layer of plan.layers) {
    for (const weight of layer.weights) {
      const name = `${layer.name}.${weight.name}`
      const data = initialValues(weight.initializer, weight.shape, seed, name)
      tensors.set(name, { name, dtype: 'float32', shape: weight.shape, data })
    }
  }
  return tensors
}
