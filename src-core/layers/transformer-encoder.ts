import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { causalField } from './support/attention/fields.ts'
import { attentionElements, attentionFlops } from './support/attention/heads.ts'
import {
  attentionPart,
  attentionPartWeights,
  evenHeads,
  feedForwardFlops,
  feedForwardPart,
  feedForwardWeights,
  residual,
} from './support/attention/transformer.ts'
import { requireEvenHeads, transformerFields } from './support/attention/transformer-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const transformerEncoderLayer = defineLayer({
  kind: 'transformerEncoder',
  label: 'Transformer encoder',
  category: 'Attention',
  description:
    'Self-attention and two dense layers, each with a residual connection and layer normalization. Causal, it is the block of GPT; otherwise that of BERT.',
  formula: 'z = norm(x + attention(x)); y = norm(z + dense(activation(dense(z))))',
  reference:
    'Vaswani et al., "Attention is all you need", 2017; KerasHub: keras_hub.layers.TransformerEncoder',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: { ...transformerFields, useCausalMask: causalField },
  inferShape: ({ inputs, parameters }) => {
    const sequence = onlyShape({ inputs })
    return requireEvenHeads(sequence, parameters.numHeads) ?? sequence
  },
  maskRule: () => 'passes',
  weights: ({ output, parameters }) => {
    const features = sizeAt(output, 1)
    return [
      ...attentionPartWeights(features, features, parameters.numHeads, 'attention'),
      ...feedForwardWeights(features, parameters.intermediateDim),
    ]
  },
  flops: ({ output, parameters }) => {
    const [steps, features] = [sizeAt(output, 0), sizeAt(output, 1)]
    return (
      attentionFlops(selfSizes(features, parameters.numHeads), steps, steps) +
      feedForwardFlops(output, parameters)
    )
  },
  activationElements: ({ output, parameters }) => {
    const [steps, features] = [sizeAt(output, 0), sizeAt(output, 1)]
    const attention = attentionElements(selfSizes(features, parameters.numHeads), steps, steps)
    return attention + 2 * steps * parameters.intermediateDim + 6 * elementCount(output)
  },
  lower: ({ builder, inputs, masks, output, parameters, training, weight, random }) => {
    const { useCausalMask, dropout } = parameters
    const rules = { builder, mask: masks[0], causal: useCausalMask, training, dropout, random }
    const block = { rules, parameters, features: sizeAt(output, 1), weight }
    const attended = residual(block, onlyTensor({ inputs }), attentionPart(block, 'attention', undefined))
    return residual(block, attended, feedForwardPart(block))
  },
})

function selfSizes(features: number, heads: number) {
  const all = { queryFeatures: features, keyFeatures: features, valueFeatures: features }
  return { ...evenHeads(features, heads), ...all, outputFeatures: features, useBias: true }
}
