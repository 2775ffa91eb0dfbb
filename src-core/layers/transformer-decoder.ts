import { sizeAt } from '../shapes/axes.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
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
import { singleOutput } from './support/ports.ts'
import { requireSequence } from './support/refusals.ts'

export const transformerDecoderLayer = defineLayer({
  kind: 'transformerDecoder',
  label: 'Transformer decoder',
  category: 'Attention',
  description:
    'Causal self-attention, attention to an encoder’s sequence where one is wired, and two dense layers, each with a residual connection and layer normalization.',
  formula:
    'z = norm(x + attention(x)); c = norm(z + attention(z, encoder)); y = norm(c + dense(activation(dense(c))))',
  reference:
    'Vaswani et al., "Attention is all you need", 2017; KerasHub: keras_hub.layers.TransformerDecoder',
  inputs: [
    { name: 'input', label: 'Input' },
    { name: 'encoder', label: 'Encoder (optional)', many: true, minimum: 0, maximum: 1 },
  ],
  outputs: singleOutput,
  parameters: transformerFields,
  inferShape: ({ inputs, parameters }) => {
    const { sequence, encoder } = partsOf(inputs)
    return (
      requireEvenHeads(sequence, parameters.numHeads) ?? (encoder && requireSequence(encoder)) ?? sequence
    )
  },
  maskRule: () => 'passesFirst',
  weights: ({ inputs, output, parameters }) => {
    const features = sizeAt(output, 1)
    const { encoder } = partsOf(inputs)
    const { numHeads, intermediateDim } = parameters
    return [
      ...attentionPartWeights(features, features, numHeads, 'attention'),
      ...(encoder ? attentionPartWeights(features, sizeAt(encoder, 1), numHeads, 'crossAttention') : []),
      ...feedForwardWeights(features, intermediateDim),
    ]
  },
  flops: ({ inputs, output, parameters }) =>
    feedForwardFlops(output, parameters) +
    sources(inputs).reduce(
      (sum, source) =>
        sum +
        attentionFlops(sizesFor(output, source, parameters.numHeads), sizeAt(output, 0), sizeAt(source, 0)),
      0,
    ),
  activationElements: ({ inputs, output, parameters }) =>
    2 * sizeAt(output, 0) * parameters.intermediateDim +
    8 * elementCount(output) +
    sources(inputs).reduce(
      (sum, source) =>
        sum +
        attentionElements(
          sizesFor(output, source, parameters.numHeads),
          sizeAt(output, 0),
          sizeAt(source, 0),
        ),
      0,
    ),
  lower: ({ builder, inputs, masks, output, parameters, training, weight, random, setMask }) => {
    const [x, encoder] = inputs
    if (!x) throw new Error('the decoder got no sequence')
    const [mask, encoderMask] = masks
    if (mask) setMask(mask)
    const { dropout } = parameters
    const rules = { builder, mask, causal: true, training, dropout, random }
    const block = { rules, parameters, features: sizeAt(output, 1), weight }
    const attended = residual(block, x, attentionPart(block, 'attention', undefined))
    const crossing = { ...block, rules: { ...rules, mask: encoderMask, causal: false } }
    const crossed = encoder
      ? residual(crossing, attended, attentionPart(crossing, 'crossAttention', encoder))
      : attended
    return residual(block, crossed, feedForwardPart(block))
  },
})

function partsOf(inputs: readonly Shape[]): {
  readonly sequence: Shape
  readonly encoder: Shape | undefined
} {
  const [sequence, encoder] = inputs
  if (!sequence) throw new Error('the decoder got no sequence')
  return { sequence, encoder }
}

/** What the block attends to: itself, and the encoder. */
function sources(inputs: readonly Shape[]): readonly Shape[] {
  const { sequence, encoder } = partsOf(inputs)
  return encoder ? [sequence, encoder] : [sequence]
}

function sizesFor(output: Shape, source: Shape, heads: number) {
  const features = sizeAt(output, 1)
  const read = { keyFeatures: sizeAt(source, 1), valueFeatures: sizeAt(source, 1) }
  return {
    ...evenHeads(features, heads),
    ...read,
    queryFeatures: features,
    outputFeatures: features,
    useBias: true,
  }
}
