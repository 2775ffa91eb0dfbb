import { keras, type LayerCase, type LayerCases } from './layer-case.ts'

const query = [6, 8]
const value = [5, 8]

/** Three rows of five steps: whole, padded at the end, padded at both ends. */
const padding = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0]

const names = ['query', 'key', 'value', 'output']

/** Sets our matrices as the weights of a Keras layer whose kernels have axes for heads and size: `sizes` in the order of `names`. */
function headed(layer: string, sizes: readonly string[], call = ''): string {
  const weights = names.flatMap((name, index) => {
    const size = sizes[index] ?? ''
    return name === 'output'
      ? [`w["outputKernel"].reshape(${size}, -1)`, 'w["outputBias"]']
      : [`w["${name}Kernel"].reshape(-1, ${size})`, `w["${name}Bias"].reshape(${size})`]
  })
  return `(lambda layer: (layer(*x), layer.set_weights([${weights.join(', ')}]), layer(*x${call}))[-1])(keras.layers.${layer})`
}

/** One transformer block in PyTorch's functions. `cross` adds attention to the second input. */
function transformer(options: { first: boolean; causal: boolean; cross: boolean; masked: boolean }): string {
  const { first, causal, cross, masked } = options
  const heads = (name: string) => `${name}.reshape(${name}.shape[0], ${name}.shape[1], 2, 4).transpose(1, 2)`
  const project = (prefix: string, part: string, of: string) =>
    `(${of} @ T("${prefix}${part}Kernel") + T("${prefix}${part}Bias"))`
  const attention = (prefix: string, of: string, from: string, mask: string, isCausal: boolean) =>
    `(lambda q, k, v: F.scaled_dot_product_attention(${heads('q')}, ${heads('k')}, ${heads('v')}, attn_mask=(${mask}) & ${
      isCausal
        ? 'torch.ones(q.shape[1], k.shape[1]).tril().bool()'
        : 'torch.ones(q.shape[1], k.shape[1]).bool()'
    }).transpose(1, 2).reshape(q.shape))(${project(prefix, 'Query', of)}, ${project(prefix, 'Key', from)}, ${project(prefix, 'Value', from)}) @ T("${prefix}OutputKernel") + T("${prefix}OutputBias")`
  const norm = (name: string, of: string) =>
    `F.layer_norm(${of}, (8,), T("${name}Gamma"), T("${name}Beta"), 1e-5)`
  const feed = (of: string) =>
    `(F.relu(${of} @ T("intermediateKernel") + T("intermediateBias")) @ T("feedForwardOutputKernel") + T("feedForwardOutputBias"))`
  const residual = (name: string, part: (of: string) => string, of: string) =>
    first ? `(${of} + ${part(norm(name, of))})` : norm(name, `(${of} + ${part(of)})`)
  const own = masked ? 'M(0)' : 'torch.ones(3, 1, 1, 1).bool()'
  const other = masked ? 'M(1)' : 'torch.ones(3, 1, 1, 1).bool()'
  const z = residual('attentionNorm', (of) => `(${attention('attention', of, of, own, causal)})`, 'x0')
  const c = cross
    ? residual(
        'crossAttentionNorm',
        (of) => `(${attention('crossAttention', of, 't(x[1])', other, false)})`,
        'z',
      )
    : 'z'
  const y = residual('feedForwardNorm', feed, 'c')
  return `(lambda T, M, x0: (lambda z: (lambda c: ${y})(${c}))(${z}))(lambda name: t(w[name]), lambda i: t(mask[i]).bool()[:, None, None, :], t(x[0]))`
}

const block = { numHeads: 2, intermediateDim: 12 }

function encoder(first: boolean, causal: boolean, masked: boolean): LayerCase {
  return {
    kind: 'transformerEncoder',
    inputs: [[5, 8]],
    parameters: { ...block, normalizeFirst: first, useCausalMask: causal },
    ...(masked ? { masks: [padding] } : {}),
    python: transformer({ first, causal, cross: false, masked }),
  }
}

/** Attention by itself and in transformer blocks. */
export const attentionCases: LayerCases = {
  attention: { kind: 'attention', inputs: [query, value], keras: keras('Attention') },
  'attention, scaled, causal, own key': {
    kind: 'attention',
    inputs: [query, [5, 3], value],
    parameters: { useScale: true, useCausalMask: true },
    python:
      '(lambda layer: (layer(x), layer.set_weights([w["scale"]]), layer(x, use_causal_mask=True))[-1])(keras.layers.Attention(use_scale=True))',
  },
  'attention to padded values': {
    kind: 'attention',
    inputs: [query, value],
    masks: [undefined, padding],
    keras: keras('Attention'),
  },
  additiveAttention: {
    kind: 'additiveAttention',
    inputs: [query, value],
    keras: keras('AdditiveAttention'),
  },
  'additiveAttention to padded values, without scale': {
    kind: 'additiveAttention',
    inputs: [query, value],
    parameters: { useScale: false },
    masks: [undefined, padding],
    keras: keras('AdditiveAttention', { use_scale: false }),
  },
  multiHeadAttention: {
    kind: 'multiHeadAttention',
    inputs: [query, value],
    parameters: { numHeads: 2, keyDim: 3 },
    python: headed('MultiHeadAttention(2, 3)', ['2, 3', '2, 3', '2, 3', '2, 3']),
  },
  'multiHeadAttention, causal, larger values, own key': {
    kind: 'multiHeadAttention',
    inputs: [query, [5, 4], [5, 7]],
    parameters: { numHeads: 2, keyDim: 3, valueDim: 4, useCausalMask: true },
    python: headed(
      'MultiHeadAttention(2, 3, value_dim=4)',
      ['2, 3', '2, 3', '2, 4', '2, 4'],
      ', use_causal_mask=True',
    ),
  },
  'multiHeadAttention to padded values': {
    kind: 'multiHeadAttention',
    inputs: [query, value],
    parameters: { numHeads: 2, keyDim: 3 },
    masks: [undefined, padding],
    python: headed(
      'MultiHeadAttention(2, 3)',
      ['2, 3', '2, 3', '2, 3', '2, 3'],
      ', attention_mask=np.repeat(mask[1][:, None] > 0, 6, 1)',
    ),
  },
  groupedQueryAttention: {
    kind: 'groupedQueryAttention',
    inputs: [query, value],
    parameters: { headDim: 3, numQueryHeads: 4, numKeyValueHeads: 2 },
    python: headed('GroupQueryAttention(3, 4, 2)', ['4, 3', '2, 3', '2, 3', '4, 3']),
  },
  transformerEncoder: encoder(false, false, false),
  'transformerEncoder, normalized first, causal': encoder(true, true, false),
  'transformerEncoder of padded steps': encoder(false, false, true),
  transformerDecoder: {
    kind: 'transformerDecoder',
    inputs: [query],
    parameters: block,
    python: transformer({ first: false, causal: true, cross: false, masked: false }),
  },
  'transformerDecoder with an encoder': {
    kind: 'transformerDecoder',
    inputs: [query, [5, 6]],
    parameters: { ...block, normalizeFirst: true },
    python: transformer({ first: true, causal: true, cross: true, masked: false }),
  },
  'transformerDecoder, both padded': {
    kind: 'transformerDecoder',
    inputs: [
      [5, 8],
      [5, 6],
    ],
    parameters: block,
    masks: [[1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0], padding],
    python: transformer({ first: false, causal: true, cross: true, masked: true }),
  },
}
