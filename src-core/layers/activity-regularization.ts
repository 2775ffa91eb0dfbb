import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

function strength(label: string, description: string) {
  return real({ label, essential: true, description, default: 0, min: 0, max: 1000, step: 0.001 })
}

export const activityRegularizationLayer = defineLayer({
  ...pointwise,
  kind: 'activityRegularization',
  label: 'ActivityRegularization',
  category: 'Regularization',
  description:
    'Passes its input on and adds a penalty for large values to the loss, e.g. so that few units are active at a time.',
  formula: 'y = x; loss += (l1 · Σ |x| + l2 · Σ x²) / batch size',
  reference: 'Keras 3: keras.layers.ActivityRegularization',
  parameters: {
    l1: strength('L1', 'Adds this times the sum of absolute values of each sample; makes most values zero.'),
    l2: strength('L2', 'Adds this times the sum of squared values of each sample; keeps values small.'),
  },
  flops: ({ output, parameters }) =>
    (parameters.l1 > 0 ? 2 : 0) * elementCount(output) + (parameters.l2 > 0 ? 2 : 0) * elementCount(output),
  activationElements: () => 0,
  lower: ({ builder, inputs, parameters, batchSize, addLoss }) => {
    const x = onlyTensor({ inputs })
    const { l1, l2 } = parameters
    const share = (operator: string, factor: number) =>
      builder.apply('Mul', [
        builder.apply(operator, [x], { keepdims: 0 }),
        builder.scalar(factor / batchSize),
      ])
    if (l1 > 0) addLoss(share('ReduceL1', l1))
    if (l2 > 0) addLoss(share('ReduceSumSquare', l2))
    return x
  },
})
