import type { WeightSpec } from '../../compile/model-plan.ts'
import { dataTypeCodes } from '../../tensor-graph/data-types.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { boolean, integer, penalty } from '../parameter-fields.ts'

export const embeddingFields = {
  inputDim: integer({
    label: 'Vocabulary size',
    essential: true,
    description: 'How many different whole numbers there are: 0 to this minus 1.',
    default: 1000,
    max: 10_000_000,
  }),
  outputDim: integer({
    label: 'Features',
    essential: true,
    description: 'How many numbers stand for each of them.',
    default: 16,
    max: 65_536,
  }),
  maskZero: boolean({
    label: 'Mask zero',
    description: 'Takes 0 for padding, which the layers after it then leave out.',
    default: false,
  }),
  embeddingsL2: penalty({
    label: 'L2 penalty',
    description: 'Adds this times the sum of squared values to the loss; keeps values small.',
  }),
} as const

/** A table of learned rows; Keras draws them uniformly in ±0.05. */
export function tableWeight(name: string, rows: number, features: number, l2 = 0): WeightSpec {
  return {
    name,
    shape: [rows, features],
    initializer: { kind: 'randomUniform', fanIn: rows, fanOut: features },
    trainable: true,
    ...(l2 > 0 ? { regularizer: { l1: 0, l2 } } : {}),
  }
}

/** Rows of a table by index; indices come as float32, because everything that enters a model does. */
export function lookUp(builder: GraphBuilder, table: TensorValue, x: TensorValue): TensorValue {
  return builder.apply('Gather', [table, builder.apply('Cast', [x], { to: dataTypeCodes.int32 })], {
    axis: 0,
  })
}

/** 1 where an index is not 0. */
export function nonZeroMask(builder: GraphBuilder, x: TensorValue): TensorValue {
  const padding = builder.apply('Equal', [
    builder.apply('Cast', [x], { to: dataTypeCodes.int32 }),
    zero(builder),
  ])
  return builder.apply('Cast', [builder.apply('Not', [padding])], { to: dataTypeCodes.float32 })
}

function zero(builder: GraphBuilder): TensorValue {
  return builder.constant('int32', [], Int32Array.of(0), 'zero')
}
