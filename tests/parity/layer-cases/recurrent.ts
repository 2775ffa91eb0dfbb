import { keras, type LayerCases } from './layer-case.ts'

const sequence = [6, 4]

/** Three rows: whole, padded at the end, padded in the middle. */
const padding = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1, 1]

/** Keras's Bidirectional wraps a layer that is built from its class and arguments. */
function both(cell: string, args: string, merge: string, masked = false): string {
  const names = ['Kernel', 'RecurrentKernel', 'Bias']
  const weights = (way: string) => `[${names.map((name) => `w["${way}${name}"]`).join(', ')}]`
  const mask = masked ? ', mask=mask[0] > 0' : ''
  return `(lambda layer: (layer(x[0]), layer.forward_layer.set_weights(${weights('forward')}), layer.backward_layer.set_weights(${weights('backward')}), layer(x[0]${mask}))[-1])(keras.layers.Bidirectional(keras.layers.${cell}(5, ${args}), merge_mode="${merge}"))`
}

/** Four pictures of two channels. */
const film = [4, 2, 6, 5]

/** An expression of every picture `p` by itself. */
function eachPicture(expression: string): string {
  return `torch.stack([${expression} for p in t(x[0]).unbind(1)], 1)`
}

/** Keras knows channels last only on a CPU. */
function convLstm(args: string, kernel = '3, 2'): string {
  return `(lambda layer, film: (layer(film), layer.set_weights([w["kernel"].transpose(2, 3, 1, 0), w["recurrentKernel"].transpose(2, 3, 1, 0), w["bias"]]), np.moveaxis(keras.ops.convert_to_numpy(layer(film)), -1, -3))[-1])(keras.layers.ConvLSTM2D(3, (${kernel}), recurrent_activation="sigmoid", ${args}), np.moveaxis(x[0], 2, -1))`
}

/** Recurrent layers, one way and both ways. */
export const recurrentCases: LayerCases = {
  simpleRnn: {
    kind: 'simpleRnn',
    inputs: [sequence],
    parameters: { units: 5 },
    keras: keras('SimpleRNN', { units: 5 }),
  },
  'simpleRnn, relu, sequences, backwards, without bias': {
    kind: 'simpleRnn',
    inputs: [sequence],
    parameters: { units: 5, activation: 'relu', returnSequences: true, goBackwards: true, useBias: false },
    keras: keras('SimpleRNN', {
      units: 5,
      activation: 'relu',
      return_sequences: true,
      go_backwards: true,
      use_bias: false,
    }),
  },
  lstm: { kind: 'lstm', inputs: [sequence], parameters: { units: 5 }, keras: keras('LSTM', { units: 5 }) },
  'lstm, training': {
    kind: 'lstm',
    inputs: [sequence],
    parameters: { units: 5 },
    training: true,
    keras: keras('LSTM', { units: 5 }),
  },
  'lstm, sequences, backwards': {
    kind: 'lstm',
    inputs: [sequence],
    parameters: { units: 5, returnSequences: true, goBackwards: true },
    keras: keras('LSTM', { units: 5, return_sequences: true, go_backwards: true }),
  },
  'lstm, other activations, without bias': {
    kind: 'lstm',
    inputs: [sequence],
    parameters: { units: 5, activation: 'relu', recurrentActivation: 'tanh', useBias: false },
    keras: keras('LSTM', { units: 5, activation: 'relu', recurrent_activation: 'tanh', use_bias: false }),
  },
  'lstm, padded': {
    kind: 'lstm',
    inputs: [sequence],
    parameters: { units: 5, returnSequences: true },
    masks: [padding],
    keras: keras('LSTM', { units: 5, return_sequences: true }),
  },
  'lstm, padded, last step': {
    kind: 'lstm',
    inputs: [sequence],
    parameters: { units: 5 },
    masks: [padding],
    keras: keras('LSTM', { units: 5 }),
  },
  gru: { kind: 'gru', inputs: [sequence], parameters: { units: 5 }, keras: keras('GRU', { units: 5 }) },
  'gru, reset before, sequences': {
    kind: 'gru',
    inputs: [sequence],
    parameters: { units: 5, resetAfter: false, returnSequences: true },
    keras: keras('GRU', { units: 5, reset_after: false, return_sequences: true }),
  },
  'gru, training': {
    kind: 'gru',
    inputs: [sequence],
    parameters: { units: 5, returnSequences: true, goBackwards: true },
    training: true,
    keras: keras('GRU', { units: 5, return_sequences: true, go_backwards: true }),
  },
  'gru, other activations': {
    kind: 'gru',
    inputs: [sequence],
    parameters: { units: 5, activation: 'relu', recurrentActivation: 'tanh' },
    keras: keras('GRU', { units: 5, activation: 'relu', recurrent_activation: 'tanh' }),
  },
  'gru, without bias, backwards': {
    kind: 'gru',
    inputs: [sequence],
    parameters: { units: 5, useBias: false, goBackwards: true },
    keras: keras('GRU', { units: 5, use_bias: false, go_backwards: true }),
  },
  'gru, padded': {
    kind: 'gru',
    inputs: [sequence],
    parameters: { units: 5, returnSequences: true },
    masks: [padding],
    keras: keras('GRU', { units: 5, return_sequences: true }),
  },
  bidirectionalSimpleRnn: {
    kind: 'bidirectionalSimpleRnn',
    inputs: [sequence],
    parameters: { units: 5, mergeMode: 'multiply' },
    python: both('SimpleRNN', '', 'mul'),
  },
  bidirectionalLstm: {
    kind: 'bidirectionalLstm',
    inputs: [sequence],
    parameters: { units: 5 },
    python: both('LSTM', '', 'concat'),
  },
  'bidirectionalLstm, padded sequences': {
    kind: 'bidirectionalLstm',
    inputs: [sequence],
    parameters: { units: 5, returnSequences: true, mergeMode: 'sum' },
    masks: [padding],
    python: both('LSTM', 'return_sequences=True', 'sum', true),
  },
  bidirectionalGru: {
    kind: 'bidirectionalGru',
    inputs: [sequence],
    parameters: { units: 5, returnSequences: true, mergeMode: 'average' },
    python: both('GRU', 'return_sequences=True', 'ave'),
  },
  timeDistributedDense: {
    kind: 'timeDistributedDense',
    inputs: [sequence],
    parameters: { units: 5, activation: 'tanh' },
    python: 'np.tanh(x[0] @ w["kernel"] + w["bias"])',
  },
  timeDistributedConv2d: {
    kind: 'timeDistributedConv2d',
    inputs: [film],
    parameters: { filters: 5, kernelSize: [3, 2], strides: [2, 1] },
    python: eachPicture('F.conv2d(p, t(w["kernel"]), t(w["bias"]), stride=(2, 1))'),
  },
  timeDistributedMaxPooling2d: {
    kind: 'timeDistributedMaxPooling2d',
    inputs: [film],
    python: eachPicture('F.max_pool2d(p, 2)'),
  },
  timeDistributedAveragePooling2d: {
    kind: 'timeDistributedAveragePooling2d',
    inputs: [film],
    python: eachPicture('F.avg_pool2d(p, 2)'),
  },
  timeDistributedGlobalAveragePooling2d: {
    kind: 'timeDistributedGlobalAveragePooling2d',
    inputs: [film],
    python: 'x[0].mean((3, 4))',
  },
  timeDistributedFlatten: {
    kind: 'timeDistributedFlatten',
    inputs: [film],
    python: 'x[0].reshape(3, 4, -1)',
  },
  convLstm2d: {
    kind: 'convLstm2d',
    inputs: [film],
    parameters: { filters: 3, kernelSize: [3, 2], padding: 'same' },
    python: convLstm('padding="same"'),
  },
  'convLstm2d, strides, sequences': {
    kind: 'convLstm2d',
    inputs: [film],
    parameters: { filters: 3, kernelSize: [2, 3], strides: [2, 1], returnSequences: true },
    python: convLstm('strides=(2, 1), return_sequences=True', '2, 3'),
  },
}
