import { keras, type LayerCases } from './layer-case.ts'

const sequence = [6, 8]

/** From whole numbers, places and patches to sequences. */
export const embeddingCases: LayerCases = {
  embedding: {
    kind: 'embedding',
    inputs: [[7]],
    indicesBelow: 11,
    parameters: { inputDim: 11, outputDim: 5 },
    keras: keras('Embedding', { input_dim: 11, output_dim: 5 }),
  },
  'embedding of a table, zero masked': {
    kind: 'embedding',
    inputs: [[3, 4]],
    indicesBelow: 11,
    parameters: { inputDim: 11, outputDim: 5, maskZero: true },
    python: 'F.embedding(t(x[0]).long(), t(w["embeddings"]))',
  },
  tokenAndPositionEmbedding: {
    kind: 'tokenAndPositionEmbedding',
    inputs: [[7]],
    indicesBelow: 11,
    parameters: { inputDim: 11, outputDim: 5 },
    python: 'F.embedding(t(x[0]).long(), t(w["tokens"])) + t(w["positions"])',
  },
  positionEmbedding: {
    kind: 'positionEmbedding',
    inputs: [sequence],
    parameters: { sequenceLength: 9 },
    python: 'x[0] + w["positions"][:6]',
  },
  sinePositionEncoding: {
    kind: 'sinePositionEncoding',
    inputs: [sequence],
    // Column 2k is sin(t / 10000^(2k/8)), column 2k + 1 its cosine.
    python:
      'x[0] + np.stack([(np.sin if c % 2 == 0 else np.cos)(np.arange(6) / 10000 ** (2 * (c // 2) / 8)) for c in range(8)], -1)',
  },
  rotaryEmbedding: {
    kind: 'rotaryEmbedding',
    inputs: [sequence],
    parameters: { maxWavelength: 100 },
    // A rotation in the complex plane.
    python:
      '(lambda z: np.concatenate([z.real, z.imag], -1))((x[0][..., :4] + 1j * x[0][..., 4:]) * np.exp(1j * np.arange(6)[:, None] / 100 ** (2 * np.arange(4) / 8)))',
  },
  patchEmbedding: {
    kind: 'patchEmbedding',
    inputs: [[2, 6, 9]],
    parameters: { patchSize: [2, 3], outputDim: 5 },
    python: 'F.conv2d(t(x[0]), t(w["kernel"]), t(w["bias"]), stride=(2, 3)).flatten(2).transpose(1, 2)',
  },
  classToken: {
    kind: 'classToken',
    inputs: [sequence],
    python: 'np.concatenate([np.repeat(w["token"][None], 3, 0), x[0]], 1)',
  },
  masking: {
    kind: 'masking',
    inputs: [[4, 1]],
    indicesBelow: 2,
    parameters: { maskValue: 1 },
    keras: keras('Masking', { mask_value: 1 }),
  },
}
