import { elementCount } from '../types.ts'
import { type OperatorDefinition, type OperatorFamily, sameShape, sizeAt } from './define-operator.ts'

/** Outputs: result, and on demand mean and 1 / standard deviation with the normalised axes kept as 1. */
const layerNormalization: OperatorDefinition = {
  domain: '',
  attributes: { axis: 'int', epsilon: 'float', stash_type: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.floatInput(0)
    const axis = call.axis(call.number('axis', -1), shape.length)
    const normalised = shape.slice(axis)
    for (const index of [1, 2]) {
      if (!call.inputs[index]) continue
      const given = call.floatInput(index).shape
      if (elementCount(given) !== elementCount(normalised)) {
        call.fail(`input ${index} must be of shape [${normalised.join(', ')}]`)
      }
    }
    call.floatInput(1)
    call.floatType()
    const statistics = shape.map((size, at) => (at < axis ? size : 1))
    return [shape, statistics, statistics].slice(0, call.outputCount).map((each) => ({ dtype, shape: each }))
  },
}

/** Inference form: (x − mean) / √(variance + epsilon) · scale + bias over axis 1. Training is decomposed by the layer. */
const batchNormalization: OperatorDefinition = {
  domain: '',
  attributes: { epsilon: 'float', momentum: 'float', training_mode: 'int' },
  infer: (call) => {
    const { dtype, shape } = call.floatInput(0)
    if (call.number('training_mode', 0) !== 0) call.fail('only the inference form is supported')
    for (const index of [1, 2, 3, 4]) {
      if (!sameShape(call.floatInput(index).shape, [sizeAt(shape, 1)])) {
        call.fail(`input ${index} must be of shape [${sizeAt(shape, 1)}]`)
      }
    }
    return [{ dtype, shape }]
  },
}

export const normalizationOperators: OperatorFamily = {
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
}
