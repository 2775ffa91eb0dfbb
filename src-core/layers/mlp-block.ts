import { sizeAt } from '../shapes/axes.ts'
import { denseLayer } from './dense.ts'
import { dropoutLayer } from './dropout.ts'
import { integer, real } from './parameter-fields.ts'
import { blockLayer } from './support/block.ts'
import { channelCount, hiddenActivationField } from './support/block-fields.ts'
import { chain, layer } from './support/parts.ts'

export const mlpBlockLayer = blockLayer(
  {
    kind: 'mlpBlock',
    label: 'MlpBlock',
    description:
      'Two dense layers with a function and dropout between them, along the last axis: the feed-forward part of transformers. Weights: hidden and output, each with kernel and bias.',
    formula: 'y = output(dropout(activation(hidden(x))))',
    reference: 'Vaswani et al., "Attention Is All You Need", 2017, section 3.3',
  },
  {
    parameters: {
      hiddenUnits: channelCount('Hidden units', 'How many values there are between the two layers.', 128),
      units: integer({
        label: 'Units',
        description: 'How many values come out; 0 gives as many as come in.',
        default: 0,
        min: 0,
        max: 65_536,
      }),
      hiddenActivation: hiddenActivationField('gelu'),
      rate: real({
        label: 'Dropout rate',
        description: 'The share of values between the layers that is set to zero while training.',
        default: 0,
        min: 0,
        max: 0.99,
        step: 0.05,
      }),
    },
    compose: (input, { hiddenUnits, units, hiddenActivation, rate }) =>
      chain(
        layer('hidden', denseLayer, { units: hiddenUnits, activation: hiddenActivation }),
        layer('', dropoutLayer, { rate }),
        layer('output', denseLayer, { units: units === 0 ? sizeAt(input, -1) : units }),
      ),
    maskRule: 'passes',
  },
)
