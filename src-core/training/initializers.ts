import { assertNever } from '../assert-never.ts'
import type { ModelPlan } from '../compile/model-plan.ts'
import { elementCount, type NamedTensor } from '../tensor-graph/types.ts'
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
] as const
export type InitializerKind = (typeof initializerKinds)[number]

export interface InitializerSpec {
  readonly kind: InitializerKind
  readonly fanIn: number
  readonly fanOut: number
  /** These elements start at 1 whatever the kind says: the forget gate's bias. */
  readonly ones?: { readonly from: number; readonly count: number }
}

// Probability that a standard normal variable is below -2, and the standard deviation that is left after cutting at ±2.
const belowMinusTwo = 0.02275013194817921
const truncatedDeviation = 0.8796256610342398

/**
 * First values of one weight: a function of seed, full name and shape only. Keras 3's VarianceScaling: uniform in
 * ±sqrt(3 scale / fan), or normal cut at two standard deviations and widened so that the variance is scale / fan.
 */
export function initialValues(
  spec: InitializerSpec,
  count: number,
  seed: number,
  name: string,
): Float32Array {
  const values = drawnValues(spec, count, seed, name)
  return spec.ones ? values.fill(1, spec.ones.from, spec.ones.from + spec.ones.count) : values
}

function drawnValues(spec: InitializerSpec, count: number, seed: number, name: string): Float32Array {
  const values = new Float32Array(count)
  if (spec.kind === 'zeros') return values
  if (spec.kind === 'ones') return values.fill(1)
  fillUniform(values, seed, `weight/${name}`, 0)
  const variance = targetVariance(spec)
  if (isUniform(spec.kind)) {
    const limit = Math.sqrt(3 * variance)
    for (let i = 0; i < count; i++) values[i] = (2 * (values[i] ?? 0) - 1) * limit
    return values
  }
  const deviation = Math.sqrt(variance) / truncatedDeviation
  for (let i = 0; i < count; i++) {
    const probability = belowMinusTwo + (values[i] ?? 0) * (1 - 2 * belowMinusTwo)
    values[i] = deviation * inverseNormal(probability)
  }
  return values
}

/** Variance of the values that an initializer draws. */
function targetVariance({ kind, fanIn, fanOut }: InitializerSpec): number {
  switch (kind) {
    case 'zeros':
    case 'ones':
      return 0
    case 'glorotUniform':
    case 'glorotNormal':
      return 1 / Math.max(1, (fanIn + fanOut) / 2)
    case 'heUniform':
    case 'heNormal':
      return 2 / Math.max(1, fanIn)
    case 'lecunUniform':
    case 'lecunNormal':
      return 1 / Math.max(1, fanIn)
    default:
      return assertNever(kind, 'initializer')
  }
}

function isUniform(kind: InitializerKind): boolean {
  return kind === 'glorotUniform' || kind === 'heUniform' || kind === 'lecunUniform'
}

/** First values of every weight of a model, by full name `<layer name>.<weight name>`. The same seed gives the same values. */
export function initializeWeights(plan: ModelPlan, seed: number): Map<string, NamedTensor> {
  const tensors = new Map<string, NamedTensor>()
  for (const layer of plan.layers) {
    for (const weight of layer.weights) {
      const name = `${layer.name}.${weight.name}`
      const data = initialValues(weight.initializer, elementCount(weight.shape), seed, name)
      tensors.set(name, { name, dtype: 'float32', shape: weight.shape, data })
    }
  }
  return tensors
}
