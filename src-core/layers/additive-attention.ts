import { sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { boolean } from './parameter-fields.ts'
import { attentionDropout, causalField } from './support/attention/fields.ts'
import { attentionParts, attentionPorts, comparedShape } from './support/attention/ports.ts'
import { attend } from './support/attention/scaled-dot-product.ts'
import { singleOutput } from './support/ports.ts'

export const additiveAttentionLayer = defineLayer({
  kind: 'additiveAttention',
  label: 'Additive attention',
  category: 'Attention',
  description:
    'Attention whose scores are sums instead of products: what translation with recurrent layers began with.',
  formula: 'y = softmax(Σ scale · tanh(query + key)) · value',
  reference: 'Bahdanau, Cho and Bengio, 2015; Keras 3: keras.layers.AdditiveAttention',
  inputs: attentionPorts,
  outputs: singleOutput,
  parameters: {
    useScale: boolean({
      label: 'Learn scales',
      description: 'Weighs every feature by a learned number.',
      default: true,
    }),
    useCausalMask: causalField,
    dropout: attentionDropout,
  },
  inferShape: ({ inputs }) => comparedShape(attentionParts(inputs)),
  maskRule: () => 'passesFirst',
  weights: ({ inputs, parameters }) => {
    const features = sizeAt(attentionParts(inputs).key, 1)
    const initializer = { kind: 'glorotUniform', fanIn: features, fanOut: features } as const
    return parameters.useScale ? [{ name: 'scale', shape: [features], initializer, trainable: true }] : []
  },
  flops: ({ inputs }) => {
    const { query, key, value } = attentionParts(inputs)
    return sizeAt(query, 0) * sizeAt(key, 0) * (4 * sizeAt(key, 1) + 2 * sizeAt(value, 1) + 3)
  },
  activationElements: ({ inputs, output }) => {
    const { query, key } = attentionParts(inputs)
    return sizeAt(query, 0) * sizeAt(key, 0) * (sizeAt(key, 1) + 2) + elementCount(output)
  },
  lower: ({ builder, inputs, masks, parameters, training, weight, random, setMask }) => {
    const [queryMask, valueMask, keyMask] = masks
    if (queryMask) setMask(queryMask)
    const { query, key, value } = attentionParts(inputs)
    const { useScale, useCausalMask, dropout } = parameters
    const spread = (x: typeof query, axis: number) =>
      builder.apply('Unsqueeze', [x, builder.integers([axis])])
    const sums = builder.apply('Tanh', [builder.apply('Add', [spread(query, 2), spread(key, 1)])])
    const weighed = useScale ? builder.apply('Mul', [sums, weight('scale')]) : sums
    const scores = builder.apply('ReduceSum', [weighed, builder.integers([3])], { keepdims: 0 })
    return attend(
      { builder, mask: valueMask ?? keyMask, causal: useCausalMask, training, dropout, random },
      scores,
      value,
    )
  },
})
