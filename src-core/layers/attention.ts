import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { boolean } from './parameter-fields.ts'
import { attentionDropout, causalField } from './support/attention/fields.ts'
import { attentionParts, attentionPorts, comparedShape } from './support/attention/ports.ts'
import { attend, dotScores } from './support/attention/scaled-dot-product.ts'
import { singleOutput } from './support/ports.ts'

export const attentionLayer = defineLayer({
  kind: 'attention',
  label: 'Attention',
  category: 'Attention',
  description:
    'Every step of the query reads from the steps of the value whose keys are most like it. Nothing is learned but, on request, a factor.',
  formula: 'y = softmax(scale · query · keyᵀ) · value',
  reference:
    'Luong et al., "Effective approaches to attention-based NMT", 2015; Keras 3: keras.layers.Attention',
  inputs: attentionPorts,
  outputs: singleOutput,
  parameters: {
    useScale: boolean({
      label: 'Learn a scale',
      description: 'Multiplies the scores by one learned number.',
      default: false,
    }),
    useCausalMask: causalField,
    dropout: attentionDropout,
  },
  inferShape: ({ inputs }) => comparedShape(attentionParts(inputs)),
  maskRule: () => 'passesFirst',
  weights: ({ parameters }) =>
    parameters.useScale
      ? [{ name: 'scale', shape: [], initializer: { kind: 'ones', fanIn: 1, fanOut: 1 }, trainable: true }]
      : [],
  flops: ({ inputs }) => {
    const { query, key, value } = attentionParts(inputs)
    return sizeAt(query, 0) * sizeAt(key, 0) * (2 * sizeAt(key, 1) + 2 * sizeAt(value, 1) + 3)
  },
  activationElements: ({ inputs, output }) => {
    const { query, key } = attentionParts(inputs)
    return 2 * sizeAt(query, 0) * sizeAt(key, 0) + elementCount(output)
  },
  lower: ({ builder, inputs, masks, parameters, training, weight, random, setMask }) => {
    const [queryMask, valueMask, keyMask] = masks
    if (queryMask) setMask(queryMask)
    const { query, key, value } = attentionParts(inputs)
    const { useScale, useCausalMask, dropout } = parameters
    const similar = dotScores(builder, query, key)
    const scores = useScale ? builder.apply('Mul', [similar, weight('scale')]) : similar
    return attend(
      { builder, mask: valueMask ?? keyMask, causal: useCausalMask, training, dropout, random },
      scores,
      value,
    )
  },
})
