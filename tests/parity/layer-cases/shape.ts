import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCases } from './layer-case.ts'

const sequence: Shape = [7, 4]
const image: Shape = [4, 6, 9]
const volume: Shape = [2, 5, 7, 6]

const borders = {
  depth: [1, 2],
  vertical: [0, 3],
  horizontal: [2, 1],
}
const kerasBorders = [borders.depth, borders.vertical, borders.horizontal]
/** PyTorch counts from the last axis: left, right, top, bottom. */
const flat = '(2, 1, 0, 3)'

const padding: LayerCases = {
  zeroPadding1d: {
    kind: 'zeroPadding1d',
    inputs: [sequence],
    parameters: { padding: [2, 3] },
    keras: keras('ZeroPadding1D', { padding: [2, 3] }),
  },
  zeroPadding3d: {
    kind: 'zeroPadding3d',
    inputs: [volume],
    parameters: borders,
    keras: keras('ZeroPadding3D', { padding: kerasBorders }),
  },
  cropping1d: {
    kind: 'cropping1d',
    inputs: [sequence],
    parameters: { cropping: [2, 1] },
    keras: keras('Cropping1D', { cropping: [2, 1] }),
  },
  cropping3d: {
    kind: 'cropping3d',
    inputs: [volume],
    parameters: borders,
    keras: keras('Cropping3D', { cropping: kerasBorders }),
  },
  reflectionPadding1d: {
    kind: 'reflectionPadding1d',
    inputs: [sequence],
    parameters: { padding: [6, 2] },
    python: 'F.pad(t(np.swapaxes(x[0], 1, 2)), (6, 2), mode="reflect").swapaxes(1, 2)',
  },
  reflectionPadding2d: {
    kind: 'reflectionPadding2d',
    inputs: [image],
    parameters: { vertical: borders.vertical, horizontal: borders.horizontal },
    python: `F.pad(t(x[0]), ${flat}, mode="reflect")`,
  },
  replicationPadding2d: {
    kind: 'replicationPadding2d',
    inputs: [image],
    parameters: { vertical: borders.vertical, horizontal: borders.horizontal },
    python: `F.pad(t(x[0]), ${flat}, mode="replicate")`,
  },
}

const sizes: LayerCases = {
  upSampling1d: {
    kind: 'upSampling1d',
    inputs: [sequence],
    parameters: { size: 3 },
    keras: keras('UpSampling1D', { size: 3 }),
  },
  upSampling3d: {
    kind: 'upSampling3d',
    inputs: [volume],
    parameters: { size: [2, 1, 3] },
    keras: keras('UpSampling3D', { size: [2, 1, 3] }),
  },
  ...Object.fromEntries(
    [
      { height: 13, width: 4 },
      { height: 3, width: 17 },
      { height: 6, width: 27 },
    ].flatMap(({ height, width }) =>
      ['bilinear', 'nearest'].map((interpolation) => [
        `resizing to ${height} × ${width}, ${interpolation}`,
        {
          kind: 'resizing',
          inputs: [image],
          parameters: { height, width, interpolation },
          keras: keras('Resizing', { height, width, interpolation }),
        },
      ]),
    ),
  ),
  ...Object.fromEntries(
    [2, 3].flatMap((factor) => [
      [
        `pixelShuffle by ${factor}`,
        {
          kind: 'pixelShuffle',
          inputs: [[2 * factor ** 2, 3, 5]],
          parameters: { upscaleFactor: factor },
          python: `F.pixel_shuffle(t(x[0]), ${factor})`,
        },
      ],
      [
        `spaceToDepth by ${factor}`,
        {
          kind: 'spaceToDepth',
          inputs: [[2, 6, 12]],
          parameters: { blockSize: factor },
          python: `F.pixel_unshuffle(t(x[0]), ${factor})`,
        },
      ],
    ]),
  ),
}

const axes: LayerCases = {
  'permute a sequence': {
    kind: 'permute',
    inputs: [sequence],
    keras: keras('Permute', { dims: [2, 1] }),
  },
  'permute a volume': {
    kind: 'permute',
    inputs: [volume],
    parameters: { dims: [3, 1, 4, 2] },
    python: 'np.transpose(x[0], (0, 3, 1, 4, 2))',
  },
  repeatVector: {
    kind: 'repeatVector',
    inputs: [[5]],
    parameters: { n: 4 },
    keras: keras('RepeatVector', { n: 4 }),
  },
  expandDimensions: {
    kind: 'expandDimensions',
    inputs: [sequence],
    parameters: { axis: 1 },
    python: 'keras.ops.expand_dims(x[0], 2)',
  },
  'expandDimensions at the end': {
    kind: 'expandDimensions',
    inputs: [sequence],
    parameters: { axis: -1 },
    python: 'keras.ops.expand_dims(x[0], -1)',
  },
  squeeze: {
    kind: 'squeeze',
    inputs: [[5, 1, 4]],
    parameters: { axis: 1 },
    python: 'keras.ops.squeeze(x[0], 2)',
  },
  slice: {
    kind: 'slice',
    inputs: [image],
    parameters: { axis: 2, start: 1, size: 3, step: 2 },
    python: 'x[0][:, :, :, 1:6:2]',
  },
  'slice the last steps': {
    kind: 'slice',
    inputs: [sequence],
    parameters: { axis: 0, start: -3 },
    python: 'x[0][:, -3:]',
  },
  'slice every third step': {
    kind: 'slice',
    inputs: [sequence],
    parameters: { start: 1, step: 3 },
    python: 'x[0][:, 1::3]',
  },
  'reverse steps': { kind: 'reverse', inputs: [sequence], python: 'np.flip(x[0], 1)' },
  'reverse columns': {
    kind: 'reverse',
    inputs: [image],
    parameters: { axis: -1 },
    python: 'keras.ops.flip(x[0], 3)',
  },
}

export const shapeCases: LayerCases = { ...padding, ...sizes, ...axes }
