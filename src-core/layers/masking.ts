import { dataTypeCodes } from '../tensor-graph/data-types.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { requireSequence } from './support/refusals.ts'

export const maskingLayer = defineLayer({
  kind: 'masking',
  label: 'Masking',
  category: 'Recurrent',
  description:
    'Takes steps whose features all have one value for padding; the layers after it leave them out.',
  formula: 'mask[t] = any(x[t] ≠ maskValue); y = x · mask',
  reference: 'Keras 3: keras.layers.Masking',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    maskValue: real({
      label: 'Mask value',
      essential: true,
      description: 'What padding consists of.',
      default: 0,
      min: -1_000_000,
      max: 1_000_000,
      step: 1,
    }),
  },
  inferShape: ({ inputs }) => requireSequence(onlyShape({ inputs })) ?? onlyShape({ inputs }),
  maskRule: () => 'makes',
  weights: () => [],
  flops: ({ output }) => 3 * elementCount(output),
  lower: ({ builder, inputs, parameters, setMask }) => {
    const x = onlyTensor({ inputs })
    const equal = builder.apply('Equal', [x, builder.scalar(parameters.maskValue)])
    const different = builder.apply('Cast', [builder.apply('Not', [equal])], { to: dataTypeCodes.float32 })
    const column = builder.apply('ReduceMax', [different, builder.integers([2])], { keepdims: 1 })
    setMask(builder.apply('Squeeze', [column, builder.integers([2])]))
    return builder.apply('Mul', [x, column])
  },
})
