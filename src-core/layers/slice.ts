import { sizeAt } from '../shapes/axes.ts'
import { defineLayer, type ShapeRefusal } from './define-layer.ts'
import { integer } from './parameter-fields.ts'
import { batchedAxis, resolveAxis, sampleAxisField } from './support/axis.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'

export const sliceLayer = defineLayer({
  kind: 'slice',
  label: 'Slice',
  category: 'Shape',
  description: 'Keeps a part of one axis, e.g. the last step of a sequence or some channels of an image.',
  formula: 'y = x[start], x[start + step], …, size elements',
  reference: 'TensorFlow: tf.slice; ONNX: Slice',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    axis: sampleAxisField('of which a part is kept'),
    start: integer({
      label: 'Start',
      essential: true,
      description: 'The first element that is kept, counted from 0; −1 is the last one.',
      default: 0,
      min: -1_000_000,
    }),
    size: integer({
      label: 'Size',
      essential: true,
      description: 'How many elements are kept; −1 keeps all that follow.',
      default: -1,
      min: -1,
    }),
    step: integer({
      label: 'Step',
      description: 'From one kept element to the next; 2 skips every other one.',
      default: 1,
      advanced: true,
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const sample = onlyShape({ inputs })
    const axis = resolveAxis(parameters.axis, sample.length)
    if (typeof axis !== 'number') return axis
    const range = keptRange(sizeAt(sample, axis), parameters)
    return 'code' in range ? range : sample.with(axis, range.count)
  },
  weights: () => [],
  flops: () => 0,
  lower: ({ builder, inputs, output, parameters }) => {
    const x = onlyTensor({ inputs })
    const axis = batchedAxis(parameters.axis, output)
    const range = keptRange(sizeAt(x.shape, axis), parameters)
    if ('code' in range) throw new Error(range.expected)
    const bounds = [range.first, range.first + (range.count - 1) * parameters.step + 1, axis, parameters.step]
    return builder.apply('Slice', [x, ...bounds.map((bound) => builder.integers([bound]))])
  },
})

interface SliceParameters {
  readonly start: number
  readonly size: number
  readonly step: number
}

interface KeptRange {
  readonly first: number
  readonly count: number
}

function keptRange(length: number, { start, size, step }: SliceParameters): KeptRange | ShapeRefusal {
  if (size === 0) {
    return {
      code: 'layer.badParameter',
      expected: 'expects to keep at least one element, and its size is 0',
      hint: 'Set its size to 1 or more, or to −1 for all that follow.',
      parameter: 'size',
      ownFault: true,
    }
  }
  const first = start < 0 ? start + length : start
  const needed = start < 0 ? -start : start + 1 + Math.max(0, size - 1) * step
  const count = size === -1 ? Math.ceil((length - first) / step) : size
  if (first >= 0 && first < length && first + (count - 1) * step < length) return { first, count }
  return {
    code: 'shape.tooSmall',
    expected: `expects at least ${needed.toLocaleString('en')} elements on its axis for start ${start}, size ${size} and step ${step}`,
    hint: `The axis has ${length.toLocaleString('en')}; keep fewer, or begin further in front.`,
    parameter: first >= 0 && first < length ? 'size' : 'start',
  }
}
