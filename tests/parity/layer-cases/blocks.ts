import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import type { LayerCase, LayerCases } from './layer-case.ts'

const image: Shape = [4, 7, 6]

/** Batch normalization with the batch's own statistics while training, with the moving ones otherwise. */
function normalized(value: string, name: string, training: boolean): string {
  const [mean, variance, gamma, beta] = ['MovingMean', 'MovingVariance', 'Gamma', 'Beta'].map(
    (part) => `t(w["${name}${part}"])`,
  )
  // Without running statistics PyTorch takes the batch's: nothing is updated.
  return training
    ? `F.batch_norm(${value}, None, None, ${gamma}, ${beta}, training=True, eps=1e-3)`
    : `F.batch_norm(${value}, ${mean}, ${variance}, ${gamma}, ${beta}, eps=1e-3)`
}

function convolved(value: string, name: string, options = ''): string {
  return `F.conv2d(${value}, t(w["${name}Kernel"])${options})`
}

function biased(value: string, name: string, options = ''): string {
  return `F.conv2d(${value}, t(w["${name}Kernel"]), t(w["${name}Bias"])${options})`
}

function relu(value: string): string {
  return `F.relu(${value})`
}

/** 7 × 6 with strides of 2 and 3 × 3 filters: a row before and after, and a column after, as TensorFlow pads "same". */
function strided(value: string): string {
  return `F.pad(${value}, (0, 1, 1, 1))`
}

/** The same case while training and while predicting. */
function bothWays(name: string, make: (training: boolean) => LayerCase): LayerCases {
  return {
    [`${name}, training`]: { ...make(true), training: true },
    [`${name}, predicting`]: make(false),
  }
}

function residual(training: boolean, strides: boolean): string {
  const norm = (value: string, name: string) => normalized(value, name, training)
  const first = strides
    ? convolved(strided('t(x[0])'), 'conv1', ', stride=2')
    : convolved('t(x[0])', 'conv1', ', padding=1')
  const main = norm(convolved(relu(norm(first, 'norm1')), 'conv2', ', padding=1'), 'norm2')
  const shortcut = strides ? norm(convolved('t(x[0])', 'shortcut', ', stride=2'), 'shortcutNorm') : 't(x[0])'
  return relu(`${main} + ${shortcut}`)
}

const residuals: LayerCases = {
  ...bothWays('residualBlock', (training) => ({
    kind: 'residualBlock',
    inputs: [image],
    parameters: { filters: 4 },
    python: residual(training, false),
  })),
  ...bothWays('residualBlock, projected', (training) => ({
    kind: 'residualBlock',
    inputs: [image],
    parameters: { filters: 6, strides: [2, 2] },
    python: residual(training, true),
  })),
  ...bothWays('bottleneckBlock, groups', (training) => {
    const norm = (value: string, name: string) => normalized(value, name, training)
    const narrow = relu(norm(convolved('t(x[0])', 'conv1'), 'norm1'))
    const inside = relu(norm(convolved(strided(narrow), 'conv2', ', stride=2, groups=2'), 'norm2'))
    const main = norm(convolved(inside, 'conv3'), 'norm3')
    return {
      kind: 'bottleneckBlock',
      inputs: [image],
      parameters: { filters: 2, expansion: 3, strides: [2, 2], groups: 2 },
      python: relu(`${main} + ${norm(convolved('t(x[0])', 'shortcut', ', stride=2'), 'shortcutNorm')}`),
    }
  }),
  'bottleneckBlock, as wide as what comes in': {
    kind: 'bottleneckBlock',
    inputs: [image],
    parameters: { filters: 1, activation: 'silu' },
    python: `F.silu(${normalized(
      convolved(
        `F.silu(${normalized(
          convolved(
            `F.silu(${normalized(convolved('t(x[0])', 'conv1'), 'norm1', false)})`,
            'conv2',
            ', padding=1',
          ),
          'norm2',
          false,
        )})`,
        'conv3',
      ),
      'norm3',
      false,
    )} + t(x[0]))`,
  },
}

function inverted(training: boolean, widened: boolean): string {
  const norm = (value: string, name: string) => normalized(value, name, training)
  const wide = widened ? `F.relu6(${norm(convolved('t(x[0])', 'expand'), 'expandNorm')})` : 't(x[0])'
  const filtered = widened
    ? convolved(wide, 'depthwise', ', padding=1, groups=12')
    : convolved(strided(wide), 'depthwise', ', stride=2, groups=4')
  return norm(convolved(`F.relu6(${norm(filtered, 'depthwiseNorm')})`, 'project'), 'projectNorm')
}

function denseLayerOf(training: boolean, input: string, index: number, bottleneck: boolean): string {
  const norm = (value: string, name: string) => relu(normalized(value, `layer${index}${name}`, training))
  const narrow = bottleneck ? convolved(norm(input, 'Norm1'), `layer${index}Conv1`) : input
  return `torch.cat([${input}, ${convolved(norm(narrow, 'Norm2'), `layer${index}Conv2`, ', padding=1')}], 1)`
}

const others: LayerCases = {
  ...bothWays('invertedResidualBlock', (training) => ({
    kind: 'invertedResidualBlock',
    inputs: [image],
    parameters: { filters: 4, expansion: 3 },
    python: `${inverted(training, true)} + t(x[0])`,
  })),
  ...bothWays('invertedResidualBlock, strides, not widened', (training) => ({
    kind: 'invertedResidualBlock',
    inputs: [image],
    parameters: { filters: 5, expansion: 1, strides: [2, 2] },
    python: inverted(training, false),
  })),
  ...bothWays('denseBlock', (training) => ({
    kind: 'denseBlock',
    inputs: [image],
    parameters: { layers: 2, growthRate: 3, bottleneck: 2 },
    python: denseLayerOf(training, denseLayerOf(training, 't(x[0])', 1, true), 2, true),
  })),
  'denseBlock without bottleneck': {
    kind: 'denseBlock',
    inputs: [image],
    parameters: { layers: 2, growthRate: 3, bottleneck: 0 },
    python: denseLayerOf(false, denseLayerOf(false, 't(x[0])', 1, false), 2, false),
  },
  squeezeExcite: {
    kind: 'squeezeExcite',
    inputs: [[6, 5, 4]],
    parameters: { ratio: 4 },
    python:
      't(x[0]) * torch.sigmoid(F.relu(t(x[0]).mean((2, 3)) @ t(w["squeezeKernel"]) + t(w["squeezeBias"])) @ t(w["exciteKernel"]) + t(w["exciteBias"]))[:, :, None, None]',
  },
  inceptionBlock: {
    kind: 'inceptionBlock',
    inputs: [image],
    parameters: {
      filters1x1: 2,
      reduce3x3: 3,
      filters3x3: 4,
      reduce5x5: 1,
      filters5x5: 2,
      poolFilters: 3,
    },
    python: `F.relu(torch.cat([${[
      biased('t(x[0])', 'conv1x1'),
      biased(relu(biased('t(x[0])', 'reduce3x3')), 'conv3x3', ', padding=1'),
      biased(relu(biased('t(x[0])', 'reduce5x5')), 'conv5x5', ', padding=2'),
      biased('F.max_pool2d(t(x[0]), 3, stride=1, padding=1)', 'pool'),
    ].join(', ')}], 1))`,
  },
  ...Object.fromEntries(
    [true, false].map((layerScale): [string, LayerCase] => {
      const filtered = biased('t(x[0])', 'depthwise', ', padding=2, groups=4')
      const normal = `F.layer_norm(${filtered}.permute(0, 2, 3, 1), (4,), t(w["normGamma"]), t(w["normBeta"]), eps=1e-6).permute(0, 3, 1, 2)`
      const added = biased(`F.gelu(${biased(normal, 'expand')})`, 'project')
      return [
        `convNextBlock, layer scale ${layerScale}`,
        {
          kind: 'convNextBlock',
          inputs: [image],
          parameters: { kernelSize: [5, 5], expansion: 2, layerScale },
          python: `t(x[0]) + ${layerScale ? 't(w["layerScale"])[:, None, None] * ' : ''}${added}`,
        },
      ]
    }),
  ),
  mlpBlock: {
    kind: 'mlpBlock',
    inputs: [[5, 4]],
    parameters: { hiddenUnits: 7, rate: 0.5 },
    python:
      'F.gelu(t(x[0]) @ t(w["hiddenKernel"]) + t(w["hiddenBias"])) @ t(w["outputKernel"]) + t(w["outputBias"])',
  },
  'mlpBlock, training with dropout': {
    kind: 'mlpBlock',
    inputs: [[6]],
    parameters: { hiddenUnits: 7, units: 3, hiddenActivation: 'relu', rate: 0.25 },
    training: true,
    python:
      'F.relu(t(x[0]) @ t(w["hiddenKernel"]) + t(w["hiddenBias"])) * (t(noise[0]) >= 0.25) / 0.75 @ t(w["outputKernel"]) + t(w["outputBias"])',
  },
}

/** Blocks of layers, against the same written with PyTorch's functions. */
export const blockCases: LayerCases = { ...residuals, ...others }
