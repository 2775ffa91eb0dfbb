import type { WeightSpec } from '../../../compile/model-plan.ts'
import { elementCount, type Shape, type TensorValue } from '../../../tensor-graph/types.ts'
import { type ActivationKind, activationFlops, lowerActivation } from '../activations.ts'
import { keepMask } from '../keep-mask.ts'
import { prefixed } from '../prefixed.ts'
import { attendWithHeads, attentionWeights, type HeadSizes } from './heads.ts'
import type { AttentionRules } from './scaled-dot-product.ts'

/** Parameters of both transformer blocks. */
export interface TransformerParameters {
  readonly numHeads: number
  readonly intermediateDim: number
  readonly dropout: number
  readonly hiddenActivation: ActivationKind
  readonly layerNormEpsilon: number
  readonly normalizeFirst: boolean
}

/** A block while it is lowered. */
export interface TransformerBlock {
  readonly rules: AttentionRules
  readonly parameters: TransformerParameters
  readonly features: number
  weight(name: string): TensorValue
}

/** One part of a block: what it makes of a sequence, and the name of its normalization. */
interface SubLayer {
  readonly norm: string
  apply(x: TensorValue): TensorValue
}

/** Heads that share the features evenly. */
export function evenHeads(features: number, heads: number): HeadSizes {
  const size = features / heads
  return { heads, keyValueHeads: heads, keyDim: size, valueDim: size }
}

/** x + dropout(part(norm(x))) where normalization comes first, else norm(x + dropout(part(x))). */
export function residual(block: TransformerBlock, x: TensorValue, part: SubLayer): TensorValue {
  const { rules, parameters } = block
  const { builder } = rules
  if (parameters.normalizeFirst) {
    return builder.apply('Add', [x, dropped(block, part.apply(normalize(block, x, part.norm)))])
  }
  return normalize(block, builder.apply('Add', [x, dropped(block, part.apply(x))]), part.norm)
}

/** Attention of a sequence to another one, or to itself. */
export function attentionPart(
  { rules, parameters, features, weight }: TransformerBlock,
  prefix: string,
  source: TensorValue | undefined,
): SubLayer {
  return {
    norm: `${prefix}Norm`,
    apply: (x) =>
      attendWithHeads({
        rules,
        sizes: evenHeads(features, parameters.numHeads),
        query: x,
        key: source ?? x,
        value: source ?? x,
        useBias: true,
        prefix,
        weight,
      }),
  }
}

/** Two dense layers on every step by itself. */
export function feedForwardPart({ rules: { builder }, parameters, weight }: TransformerBlock): SubLayer {
  const dense = (x: TensorValue, name: string) =>
    builder.apply('Add', [builder.apply('MatMul', [x, weight(`${name}Kernel`)]), weight(`${name}Bias`)])
  return {
    norm: 'feedForwardNorm',
    apply: (x) =>
      dense(
        lowerActivation(builder, dense(x, 'intermediate'), parameters.hiddenActivation),
        'feedForwardOutput',
      ),
  }
}

function normalize(
  { rules: { builder }, parameters, weight }: TransformerBlock,
  x: TensorValue,
  name: string,
) {
  return builder.apply('LayerNormalization', [x, weight(`${name}Gamma`), weight(`${name}Beta`)], {
    axis: -1,
    epsilon: parameters.layerNormEpsilon,
  })
}

function dropped({ rules, parameters }: TransformerBlock, x: TensorValue): TensorValue {
  const { builder, training, random } = rules
  if (!training || parameters.dropout === 0) return x
  return builder.apply('Mul', [x, keepMask(builder, random(x.shape), parameters.dropout)])
}

/** Weights of an attention part with its normalization. */
export function attentionPartWeights(
  features: number,
  sourceFeatures: number,
  heads: number,
  prefix: string,
): WeightSpec[] {
  const sizes = {
    ...evenHeads(features, heads),
    queryFeatures: features,
    keyFeatures: sourceFeatures,
    valueFeatures: sourceFeatures,
    outputFeatures: features,
    useBias: true,
  }
  return [...attentionWeights(sizes, prefix), ...normWeights(`${prefix}Norm`, features)]
}

/** Weights of the feed-forward part with its normalization. */
export function feedForwardWeights(features: number, intermediate: number): WeightSpec[] {
  const dense = (name: string, rows: number, columns: number): WeightSpec[] => [
    weight(`${name}Kernel`, [rows, columns], 'glorotUniform', rows, columns),
    weight(`${name}Bias`, [columns], 'zeros', columns, columns),
  ]
  return [
    ...dense('intermediate', features, intermediate),
    ...dense('feedForwardOutput', intermediate, features),
    ...normWeights('feedForwardNorm', features),
  ]
}

function normWeights(name: string, features: number): WeightSpec[] {
  return [
    weight(prefixed(name, 'gamma'), [features], 'ones', features, features),
    weight(prefixed(name, 'beta'), [features], 'zeros', features, features),
  ]
}

function weight(
  name: string,
  shape: Shape,
  kind: WeightSpec['initializer']['kind'],
  fanIn: number,
  fanOut: number,
): WeightSpec {
  return { name, shape, initializer: { kind, fanIn, fanOut }, trainable: true }
}

/** Operations of the feed-forward part and both residual connections of one sample. */
export function feedForwardFlops(
  output: Shape,
  { hiddenActivation, intermediateDim }: TransformerParameters,
): number {
  const [steps = 1] = output
  const activated = activationFlops(hiddenActivation, [steps, intermediateDim])
  return 4 * elementCount(output) * intermediateDim + activated + 20 * elementCount(output)
}
