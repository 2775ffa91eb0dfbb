import { sizeAt } from '../../../shapes/axes.ts'
import type { Shape, TensorValue } from '../../../tensor-graph/types.ts'
import type { LoweringContext, MaskRule, ShapedLayerContext } from '../../define-layer.ts'
import {
  type AttentionSizes,
  attendWithHeads,
  attentionElements,
  attentionFlops,
  attentionWeights,
  type HeadSizes,
} from './heads.ts'
import { attentionParts } from './ports.ts'

interface HeadedParameters {
  readonly useBias: boolean
  readonly useCausalMask: boolean
  readonly dropout: number
}

/** What layers with heads have in common; `sizes` says how many heads there are, and how large. */
export function headedMembers<P>(sizes: (parameters: P) => HeadSizes) {
  type Parameters = P & HeadedParameters
  const sizesOf = (inputs: readonly Shape[], parameters: Parameters): AttentionSizes => {
    const { query, key, value } = attentionParts(inputs)
    return {
      ...sizes(parameters),
      queryFeatures: sizeAt(query, 1),
      keyFeatures: sizeAt(key, 1),
      valueFeatures: sizeAt(value, 1),
      outputFeatures: sizeAt(query, 1),
      useBias: parameters.useBias,
    }
  }
  const lengths = (inputs: readonly Shape[]) => {
    const { query, key } = attentionParts(inputs)
    return [sizeAt(query, 0), sizeAt(key, 0)] as const
  }
  return {
    maskRule: (): MaskRule => 'passesFirst',
    weights: ({ inputs, parameters }: ShapedLayerContext<Parameters>) =>
      attentionWeights(sizesOf(inputs, parameters)),
    flops: ({ inputs, parameters }: ShapedLayerContext<Parameters>) =>
      attentionFlops(sizesOf(inputs, parameters), ...lengths(inputs)),
    activationElements: ({ inputs, parameters }: ShapedLayerContext<Parameters>) =>
      attentionElements(sizesOf(inputs, parameters), ...lengths(inputs)),
    lower: (context: LoweringContext<Parameters>): TensorValue => {
      const { builder, inputs, masks, parameters, training, weight, random, setMask } = context
      const { useCausalMask, dropout, useBias } = parameters
      const [queryMask, valueMask, keyMask] = masks
      if (queryMask) setMask(queryMask)
      const mask = keyMask ?? valueMask
      return attendWithHeads({
        rules: { builder, mask, causal: useCausalMask, training, dropout, random },
        sizes: sizes(parameters),
        ...attentionParts(inputs),
        useBias,
        prefix: '',
        weight,
      })
    },
  }
}
