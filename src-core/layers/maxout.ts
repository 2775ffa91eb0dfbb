import { channelAxis, sizeAt } from '../shapes/axes.ts'
import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { pointwise } from './support/pointwise.ts'

export const maxoutLayer = defineLayer({
  ...pointwise,
  kind: 'maxout',
  label: 'Maxout',
  category: 'Activation',
  description:
    'Takes the largest of every few neighbouring channels. After a Dense or convolution layer without activation, each unit learns a function of straight pieces.',
  formula: 'y[c] = max(x[pieces · c], …, x[pieces · c + pieces − 1])',
  reference: 'Goodfellow et al., "Maxout Networks", 2013; TensorFlow Addons: tfa.layers.Maxout',
  parameters: {
    pieces: integer({
      label: 'Pieces',
      essential: true,
      description: 'How many channels become one; must divide the channels.',
      default: 2,
      min: 1,
      max: 4096,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const shape = onlyShape({ inputs })
    const axis = channelAxis(shape)
    const channels = sizeAt(shape, axis)
    const { pieces } = parameters
    if (channels % pieces === 0) return shape.with(axis, channels / pieces)
    return {
      code: 'layer.badParameter',
      expected: `expects a number of channels that its ${pieces} pieces divide`,
      hint: `It gets ${channels} channels; change the pieces, or the layer before it.`,
      parameter: 'pieces',
    }
  },
  flops: ({ inputs }) => elementCount(onlyShape({ inputs })),
  lower: ({ builder, inputs, output, parameters }) => {
    const axis = channelAxis(output)
    const grouped = output.toSpliced(axis + 1, 0, parameters.pieces)
    const groups = builder.apply('Reshape', [onlyTensor({ inputs }), builder.integers([0, ...grouped])])
    return builder.apply('ReduceMax', [groups, builder.integers([axis + 2])], { keepdims: 0 })
  },
})
