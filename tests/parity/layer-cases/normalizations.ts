import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCases } from './layer-case.ts'

const sequence: Shape = [5, 6]
const volume: Shape = [2, 4, 3, 3]

/** Three rows of five steps, of which 4, 1 and 3 count. */
const mask = [1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0]

/** Normalization beyond images and lists. */
export const normalizationCases: LayerCases = {
  'batchNormalization of a sequence, training': {
    kind: 'batchNormalization',
    inputs: [sequence],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of a padded sequence, training': {
    kind: 'batchNormalization',
    inputs: [sequence],
    training: true,
    masks: [mask],
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of a volume, training': {
    kind: 'batchNormalization',
    inputs: [volume],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of a volume, predicting': {
    kind: 'batchNormalization',
    inputs: [volume],
    keras: keras('BatchNormalization'),
  },
  'layerNormalization of a volume': {
    kind: 'layerNormalization',
    inputs: [volume],
    keras: keras('LayerNormalization'),
  },
}
