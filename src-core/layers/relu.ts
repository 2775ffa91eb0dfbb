import { dataTypeCodes } from '../tensor-graph/data-types.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const reluLayer = defineLayer({
  ...pointwise,
  kind: 'relu',
  label: 'ReLU',
  category: 'Activation',
  description:
    'Keeps positive values and sets negative ones to zero; on request with an upper limit, a slope for small values and another threshold than 0.',
  formula: 'y = maxValue if x ≥ maxValue; x if x ≥ threshold; negativeSlope · (x − threshold) below',
  reference: 'Keras 3: keras.layers.ReLU',
  parameters: {
    maxValue: real({
      label: 'Largest value',
      description: 'Larger results are cut to this; 0 stands for no limit.',
      default: 0,
      min: 0,
      max: 1_000_000,
      step: 1,
    }),
    negativeSlope: real({
      label: 'Negative slope',
      description: 'What is left of the distance to the threshold below it; 0 lets nothing through.',
      default: 0,
      min: 0,
      max: 1,
    }),
    threshold: real({
      label: 'Threshold',
      description: 'From which value on x is let through.',
      default: 0,
      min: 0,
      max: 1_000_000,
      step: 0.1,
    }),
  },
  lower: ({ builder, inputs, parameters }) => {
    const x = onlyTensor({ inputs })
    const { maxValue, negativeSlope, threshold } = parameters
    const through = threshold === 0 ? x : aboveThreshold(builder, x, threshold)
    const upper =
      maxValue === 0
        ? builder.apply('Relu', [through])
        : builder.apply('Clip', [through, builder.scalar(0), builder.scalar(maxValue)])
    if (negativeSlope === 0) return upper
    const shifted = threshold === 0 ? x : builder.apply('Sub', [x, builder.scalar(threshold)])
    const below = builder.apply('Min', [shifted, builder.scalar(0)])
    const lower = builder.apply('Mul', [below, builder.scalar(negativeSlope)])
    return builder.apply('Add', [upper, lower])
  },
})

/** x from the threshold on, 0 below. */
function aboveThreshold(builder: GraphBuilder, x: TensorValue, threshold: number): TensorValue {
  const above = builder.apply('GreaterOrEqual', [x, builder.scalar(threshold)])
  return builder.apply('Mul', [x, builder.apply('Cast', [above], { to: dataTypeCodes.float32 })])
}
