import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCases } from './layer-case.ts'

const sequence: Shape = [11, 4]
const image: Shape = [4, 9, 8]
const volume: Shape = [2, 5, 7, 6]

const oddWindow = { padding: 'same', strides: 3 }
const oddBox = { padding: 'same', strides: [2, 3, 1] }

const windows: LayerCases = {
  maxPooling1d: { kind: 'maxPooling1d', inputs: [sequence], keras: keras('MaxPooling1D') },
  'maxPooling1d, same padding': {
    kind: 'maxPooling1d',
    inputs: [sequence],
    parameters: { poolSize: 4, ...oddWindow },
    keras: keras('MaxPooling1D', { pool_size: 4, ...oddWindow }),
  },
  averagePooling1d: {
    kind: 'averagePooling1d',
    inputs: [sequence],
    keras: keras('AveragePooling1D', { pool_size: 2 }),
  },
  'averagePooling1d, same padding': {
    kind: 'averagePooling1d',
    inputs: [sequence],
    parameters: { poolSize: 4, ...oddWindow },
    keras: keras('AveragePooling1D', { pool_size: 4, ...oddWindow }),
  },
  maxPooling3d: { kind: 'maxPooling3d', inputs: [volume], keras: keras('MaxPooling3D') },
  'maxPooling3d, same padding': {
    kind: 'maxPooling3d',
    inputs: [volume],
    parameters: { poolSize: [3, 4, 2], ...oddBox },
    keras: keras('MaxPooling3D', { pool_size: [3, 4, 2], ...oddBox }),
  },
  averagePooling3d: {
    kind: 'averagePooling3d',
    inputs: [volume],
    keras: keras('AveragePooling3D', { pool_size: [2, 2, 2] }),
  },
  'averagePooling3d, same padding': {
    kind: 'averagePooling3d',
    inputs: [volume],
    parameters: { poolSize: [3, 4, 2], ...oddBox },
    keras: keras('AveragePooling3D', { pool_size: [3, 4, 2], ...oddBox }),
  },
}

const everywhere: LayerCases = {
  globalMaxPooling1d: {
    kind: 'globalMaxPooling1d',
    inputs: [sequence],
    keras: keras('GlobalMaxPooling1D'),
  },
  globalMaxPooling3d: {
    kind: 'globalMaxPooling3d',
    inputs: [volume],
    keras: keras('GlobalMaxPooling3D'),
  },
  globalAveragePooling1d: {
    kind: 'globalAveragePooling1d',
    inputs: [sequence],
    keras: keras('GlobalAveragePooling1D'),
  },
  'globalAveragePooling1d, masked': {
    kind: 'globalAveragePooling1d',
    inputs: [[4, 3]],
    masks: [[1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1]],
    keras: keras('GlobalAveragePooling1D'),
  },
  globalAveragePooling3d: {
    kind: 'globalAveragePooling3d',
    inputs: [volume],
    keras: keras('GlobalAveragePooling3D'),
  },
}

/** Bins of equal size, of unequal size, one bin, and as many bins as elements. */
const adaptive: LayerCases = Object.fromEntries(
  ['Average', 'Max'].flatMap((what) => [
    ...[1, 3, 4, 11].map((outputSize) => [
      `adaptive${what}Pooling1d to ${outputSize}`,
      {
        kind: `adaptive${what}Pooling1d`,
        inputs: [sequence],
        parameters: { outputSize },
        keras: keras(`Adaptive${what}Pooling1D`, { output_size: outputSize }),
      },
    ]),
    ...[
      [3, 4],
      [2, 3],
      [9, 5],
      [4, 8],
    ].map((outputSize) => [
      `adaptive${what}Pooling2d to ${outputSize.join(' × ')}`,
      {
        kind: `adaptive${what}Pooling2d`,
        inputs: [image],
        parameters: { outputSize },
        keras: keras(`Adaptive${what}Pooling2D`, { output_size: outputSize }),
      },
    ]),
    ...[
      [5, 1, 3],
      [2, 3, 4],
      [4, 7, 6],
    ].map((outputSize) => [
      `adaptive${what}Pooling3d to ${outputSize.join(' × ')}`,
      {
        kind: `adaptive${what}Pooling3d`,
        inputs: [volume],
        parameters: { outputSize },
        keras: keras(`Adaptive${what}Pooling3D`, { output_size: outputSize }),
      },
    ]),
    [
      `adaptive${what}Pooling3d in PyTorch`,
      {
        kind: `adaptive${what}Pooling3d`,
        inputs: [volume],
        parameters: { outputSize: [3, 4, 4] },
        python: `F.adaptive_${what === 'Max' ? 'max' : 'avg'}_pool3d(t(x[0]), (3, 4, 4))`,
      },
    ],
  ]),
)

export const poolingCases: LayerCases = { ...windows, ...everywhere, ...adaptive }
