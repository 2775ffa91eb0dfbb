import { drawBlock, type ReadyLayer } from './draw-block.ts'
import type { ReadyBlock } from './ready-block.ts'

const convolution = (name: string, from: string, filters: number, size: number, column = 0): ReadyLayer => {
  const parameters = { filters, kernelSize: [size, size], padding: 'same', useBias: false }
  return { name, kind: 'conv2d', from: [from], parameters, column }
}
const normalization = (name: string, from: string, column = 0): ReadyLayer => {
  return { name, kind: 'batchNormalization', from: [from], column }
}
const relu = (name: string, from: string): ReadyLayer => {
  return { name, kind: 'activation', from: [from], parameters: { activation: 'relu' } }
}

/** Of the kind residualBlock where its input has as many channels as it has filters. */
export const residual: ReadyBlock = {
  label: 'Residual',
  description:
    'Two convolutions whose result is added to what came in, which keeps its shape. ResNet is made of it.',
  reference: 'He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2015',
  fits: { parameter: 'filters', axis: 0 },
  block: drawBlock({
    id: 'residual',
    layers: [
      convolution('conv1', 'input', 64, 3),
      normalization('norm1', 'conv1'),
      relu('relu1', 'norm1'),
      convolution('conv2', 'relu1', 64, 3),
      normalization('norm2', 'conv2'),
      { name: 'sum', kind: 'add', from: ['norm2', 'input'] },
      relu('relu2', 'sum'),
    ],
    exposes: { filters: ['conv1.filters', 'conv2.filters'] },
  }),
}

/** Of the kind residualBlock where the shape changes: He et al., option B. */
export const projectedResidual: ReadyBlock = {
  label: 'Residual with projection',
  description:
    'Two convolutions whose result is added to a projection of what came in: for another number of channels, or half the size.',
  reference: 'He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2015',
  block: drawBlock({
    id: 'projected_residual',
    layers: [
      convolution('conv1', 'input', 64, 3),
      normalization('norm1', 'conv1'),
      relu('relu1', 'norm1'),
      convolution('conv2', 'relu1', 64, 3),
      normalization('norm2', 'conv2'),
      convolution('shortcut', 'input', 64, 1, 1),
      normalization('shortcut_norm', 'shortcut', 1),
      { name: 'sum', kind: 'add', from: ['norm2', 'shortcut_norm'] },
      relu('relu2', 'sum'),
    ],
    exposes: {
      filters: ['conv1.filters', 'conv2.filters', 'shortcut.filters'],
      strides: ['conv1.strides', 'shortcut.strides'],
    },
  }),
}

const branch = (name: string, from: string, filters: number, size: number, column: number): ReadyLayer => {
  const parameters = { filters, kernelSize: [size, size], padding: 'same', activation: 'relu' }
  return { name, kind: 'conv2d', from: [from], parameters, column }
}

/** Of the kind inceptionBlock. */
export const inception: ReadyBlock = {
  label: 'Inception',
  description:
    'Looks at an image with filters of several sizes at once, and at its maxima, and puts all results side by side. GoogLeNet is made of it.',
  reference: 'Szegedy et al., "Going Deeper with Convolutions", CVPR 2015',
  block: drawBlock({
    id: 'inception',
    layers: [
      branch('conv1x1', 'input', 64, 1, -1.5),
      branch('reduce3x3', 'input', 96, 1, -0.5),
      branch('conv3x3', 'reduce3x3', 128, 3, -0.5),
      branch('reduce5x5', 'input', 16, 1, 0.5),
      branch('conv5x5', 'reduce5x5', 32, 5, 0.5),
      {
        name: 'maximum',
        kind: 'maxPooling2d',
        from: ['input'],
        parameters: { poolSize: [3, 3], strides: [1, 1], padding: 'same' },
        column: 1.5,
      },
      branch('pool', 'maximum', 32, 1, 1.5),
      { name: 'side_by_side', kind: 'concatenate', from: ['conv1x1', 'conv3x3', 'conv5x5', 'pool'] },
    ],
    exposes: {
      filters1x1: ['conv1x1.filters'],
      reduce3x3: ['reduce3x3.filters'],
      filters3x3: ['conv3x3.filters'],
      reduce5x5: ['reduce5x5.filters'],
      filters5x5: ['conv5x5.filters'],
      poolFilters: ['pool.filters'],
    },
  }),
}

/** One step of a dense block: a few channels are made of all there are and put beside them. */
const denseStep = (index: number, from: string): readonly ReadyLayer[] => {
  const name = (part: string) => `layer${index}_${part}`
  return [
    normalization(name('norm1'), from),
    relu(name('relu1'), name('norm1')),
    convolution(name('conv1'), name('relu1'), 48, 1),
    normalization(name('norm2'), name('conv1')),
    relu(name('relu2'), name('norm2')),
    convolution(name('conv2'), name('relu2'), 12, 3),
    { name: name('concat'), kind: 'concatenate', from: [from, name('conv2')] },
  ]
}
const denseSteps = [1, 2, 3]

/** Of the kind denseBlock with three layers. */
export const dense: ReadyBlock = {
  label: 'Dense block',
  description:
    'Three convolutions, each of which sees the results of all before it and adds a few channels to them. DenseNet is made of it.',
  reference:
    'Huang, Liu, van der Maaten and Weinberger, "Densely Connected Convolutional Networks", CVPR 2017',
  block: drawBlock({
    id: 'dense_block',
    layers: denseSteps.flatMap((index) =>
      denseStep(index, index === 1 ? 'input' : `layer${index - 1}_concat`),
    ),
    exposes: {
      growthRate: denseSteps.map((index) => `layer${index}_conv2.filters` as const),
      bottleneckFilters: denseSteps.map((index) => `layer${index}_conv1.filters` as const),
    },
  }),
}

/** Of the kind squeezeExcite. */
export const squeezeExcite: ReadyBlock = {
  label: 'Squeeze and excite',
  description:
    'Weighs the channels of an image: looks at the mean of each one and decides how much of it passes. Improves convolutional networks at little cost.',
  reference: 'Hu, Shen and Sun, "Squeeze-and-Excitation Networks", CVPR 2018',
  fits: { parameter: 'channels', axis: 0 },
  block: drawBlock({
    id: 'squeeze_excite',
    layers: [
      { name: 'mean', kind: 'globalAveragePooling2d', from: ['input'], column: 1 },
      {
        name: 'squeeze',
        kind: 'dense',
        from: ['mean'],
        parameters: { units: 4, activation: 'relu' },
        column: 1,
      },
      {
        name: 'excite',
        kind: 'dense',
        from: ['squeeze'],
        parameters: { units: 64, activation: 'sigmoid' },
        column: 1,
      },
      {
        name: 'per_channel',
        kind: 'reshape',
        from: ['excite'],
        parameters: { targetShape: [-1, 1, 1] },
        column: 1,
      },
      { name: 'weighed', kind: 'multiply', from: ['input', 'per_channel'] },
    ],
    exposes: { channels: ['excite.units'], squeezed: ['squeeze.units'] },
  }),
}
