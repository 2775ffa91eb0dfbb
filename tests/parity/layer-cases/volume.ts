import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCases } from './layer-case.ts'

const volume: Shape = [4, 3, 5, 2]

/** Layers that work along channels, on volumes: channels come first there too. */
export const volumeCases: LayerCases = {
  'batchNormalization of volumes, training': {
    kind: 'batchNormalization',
    inputs: [volume],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of volumes, predicting': {
    kind: 'batchNormalization',
    inputs: [volume],
    keras: keras('BatchNormalization'),
  },
  'layerNormalization of volumes': {
    kind: 'layerNormalization',
    inputs: [volume],
    keras: keras('LayerNormalization'),
  },
  'softmax of volumes': {
    kind: 'activation',
    inputs: [volume],
    parameters: { activation: 'softmax' },
    keras: keras('Activation', { activation: 'softmax' }),
  },
}
