import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { affine, inferSameImage } from './support/augmentation.ts'
import { refuseReversedRange, valueRangeFields } from './support/colour.ts'
import { onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const autoContrastLayer = defineLayer({
  kind: 'autoContrast',
  label: 'AutoContrast',
  category: 'Preprocessing',
  description:
    'Stretches each channel of each image over the whole range of values, so that its darkest pixel becomes the darkest value and its brightest the brightest. Works in training and prediction.',
  formula:
    'y = darkest + (x − min) / (max − min) · range, min and max of each channel of the image; a channel of one value stays',
  reference: 'PIL: ImageOps.autocontrast; Keras 3: keras.layers.AutoContrast',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: valueRangeFields,
  inferShape: (context) => refuseReversedRange(context.parameters) ?? inferSameImage(context),
  weights: () => [],
  flops: ({ output }) => 6 * elementCount(output),
  lower: (context) => {
    const { builder, parameters } = context
    const { minimum, maximum } = parameters
    const x = onlyTensor(context)
    const apply = (operator: string, ...inputs: (typeof x)[]) => builder.apply(operator, inputs)
    const axes = builder.integers([2, 3])
    const low = builder.apply('ReduceMin', [x, axes], { keepdims: 1 })
    const span = apply('Sub', builder.apply('ReduceMax', [x, axes], { keepdims: 1 }), low)
    const isFlat = apply('Equal', span, builder.scalar(0))
    // Where nothing is to be stretched, the divisor is 1: a slope of 0 / 0 would spoil every gradient.
    const divisor = apply('Add', span, builder.apply('Cast', [isFlat], { to: 1 }))
    const share = apply('Div', apply('Sub', x, low), divisor)
    return apply('Where', isFlat, x, affine(builder, share, maximum - minimum, minimum))
  },
})
