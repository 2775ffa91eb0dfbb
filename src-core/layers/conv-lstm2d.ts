import { sizeAt } from '../shapes/axes.ts'
import { elementCount, type Shape, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer, isRefusal, type ShapeRefusal } from './define-layer.ts'
import { boolean, initializer, integer, pair } from './parameter-fields.ts'
import { type ActivationKind, lowerActivation } from './support/activations.ts'
import { onlyShape, onlyTensor } from './support/context.ts'
import { singleInput, singleOutput } from './support/ports.ts'
import { lstmFields } from './support/recurrent/fields.ts'
import { image } from './support/space.ts'
import { paddingField, type SpatialWindow, windowAttributes, windowedPlaces } from './support/window.ts'

export const convLstm2dLayer = defineLayer({
  kind: 'convLstm2d',
  label: 'ConvLSTM2D',
  category: 'Recurrent',
  description:
    'An LSTM whose products are convolutions: reads a film picture by picture and remembers a picture. For forecasts of weather or traffic.',
  formula: 'i, f, o = σ(x ⋆ W + h ⋆ U + b); c ← f · c + i · tanh(x ⋆ W + h ⋆ U + b); h ← o · tanh(c)',
  reference: 'Shi et al., "Convolutional LSTM network", 2015; Keras 3: keras.layers.ConvLSTM2D',
  inputs: singleInput,
  outputs: singleOutput,
  parameters: {
    filters: integer({
      label: 'Filters',
      essential: true,
      description: 'How many pictures are remembered: the channels of the output.',
      default: 16,
      max: 4096,
    }),
    kernelSize: pair({
      label: 'Kernel size',
      essential: true,
      description:
        'Height and width of each filter; the remembered picture is always padded to its own size.',
      default: [3, 3],
      max: 1000,
    }),
    strides: pair({
      label: 'Strides',
      description: 'How far the filters move over each picture.',
      default: [1, 1],
      max: 1000,
    }),
    padding: paddingField(image),
    returnSequences: boolean({
      label: 'Return sequences',
      description: 'Gives the picture of every step; otherwise that of the last step.',
      default: false,
    }),
    useBias: boolean({
      label: 'Use bias',
      description: 'Adds a learned constant to every sum.',
      default: true,
      advanced: true,
    }),
    ...lstmFields,
    kernelInitializer: initializer({
      label: 'Kernel initializer',
      description: 'How the first values of the kernels are drawn.',
      default: 'glorotUniform',
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const film = onlyShape({ inputs })
    const size = pictureSize(film, parameters)
    if (isRefusal(size)) return size
    const picture = [parameters.filters, ...size]
    return parameters.returnSequences ? [sizeAt(film, 0), ...picture] : picture
  },
  maskRule: () => 'ignores',
  weights: ({ inputs, parameters }) => {
    const { filters, kernelSize, kernelInitializer, unitForgetBias, useBias } = parameters
    const area = elementCount(kernelSize)
    const kernel = (name: string, channels: number) =>
      ({
        name,
        shape: [4 * filters, channels, ...kernelSize],
        initializer: { kind: kernelInitializer, fanIn: channels * area, fanOut: 4 * filters * area },
        trainable: true,
      }) as const
    const ones = unitForgetBias ? { ones: { from: filters, count: filters } } : {}
    const bias = {
      name: 'bias',
      shape: [4 * filters],
      initializer: { kind: 'zeros', fanIn: 4 * filters, fanOut: 4 * filters, ...ones },
      trainable: true,
    } as const
    const channels = sizeAt(onlyShape({ inputs }), 1)
    return [kernel('kernel', channels), kernel('recurrentKernel', filters), ...(useBias ? [bias] : [])]
  },
  flops: ({ inputs, output, parameters }) => {
    const film = onlyShape({ inputs })
    const { filters, kernelSize } = parameters
    const points = elementCount(output.slice(-2))
    const products = 2 * (sizeAt(film, 1) + filters) * elementCount(kernelSize) * 4 * filters * points
    return sizeAt(film, 0) * (products + 10 * filters * points)
  },
  activationElements: ({ inputs, output, parameters }) =>
    sizeAt(onlyShape({ inputs }), 0) * 11 * parameters.filters * elementCount(output.slice(-2)),
  lower: ({ builder, inputs, output, parameters, weight }) => {
    const x = onlyTensor({ inputs })
    const { filters, returnSequences, useBias, kernelSize } = parameters
    const [, steps = 1, ...picture] = x.shape
    const timeFirst = builder.apply('Transpose', [x], { perm: [1, 0, 2, 3, 4] })
    const pictures = builder.apply('Reshape', [timeFirst, builder.integers([-1, ...picture])])
    const operands = [pictures, weight('kernel'), ...(useBias ? [weight('bias')] : [])]
    const projected = builder.apply(
      'Conv',
      operands,
      windowAttributes(picture.slice(1), inputWindow(parameters)),
    )
    const [, columns = 1, ...size] = projected.shape
    const byStep = builder.apply('Reshape', [projected, builder.integers([steps, -1, columns, ...size])])
    const sizes = builder.integers(new Array<number>(steps).fill(1))
    const given = builder.applyMany('Split', [byStep, sizes], { axis: 0 }, steps)
    const recurrent = windowAttributes(size, memoryWindow(kernelSize))
    const activate = (value: TensorValue, kind: ActivationKind) => lowerActivation(builder, value, kind)
    let state: { readonly output: TensorValue; readonly memory: TensorValue } | undefined
    const outputs: TensorValue[] = []
    for (const step of given) {
      const own = builder.apply('Reshape', [step, builder.integers([-1, columns, ...size])])
      const sums = state
        ? builder.apply('Add', [
            own,
            builder.apply('Conv', [state.output, weight('recurrentKernel')], recurrent),
          ])
        : own
      const parts = builder.integers(new Array<number>(4).fill(filters))
      const [input = sums, forget = sums, fresh = sums, open = sums] = builder.applyMany(
        'Split',
        [sums, parts],
        { axis: 1 },
        4,
      )
      const added = builder.apply('Mul', [activate(input, 'sigmoid'), activate(fresh, 'tanh')])
      const memory: TensorValue = state
        ? builder.apply('Add', [builder.apply('Mul', [activate(forget, 'sigmoid'), state.memory]), added])
        : added
      const result = builder.apply('Mul', [activate(open, 'sigmoid'), activate(memory, 'tanh')])
      state = { output: result, memory }
      outputs.push(result)
    }
    if (!returnSequences) return outputs.at(-1) ?? projected
    const joined = builder.apply('Concat', outputs, { axis: 1 })
    return builder.apply('Reshape', [joined, builder.integers([-1, ...output])])
  },
})

interface Geometry {
  readonly kernelSize: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly padding: SpatialWindow['padding']
}

function inputWindow({ kernelSize, strides, padding }: Geometry): SpatialWindow {
  return { what: 'kernel', kernel: kernelSize, strides, dilation: [1, 1], padding }
}

function memoryWindow(kernel: readonly [number, number]): SpatialWindow {
  return { what: 'kernel', kernel, strides: [1, 1], dilation: [1, 1], padding: 'same' }
}

function pictureSize(film: Shape, geometry: Geometry): Shape | ShapeRefusal {
  if (film.length === 4) return windowedPlaces(image, film.slice(1), inputWindow(geometry))
  return {
    code: 'shape.rank',
    expected: 'expects a film of 4 axes (steps × channels × height × width)',
    hint: 'Insert a Reshape that makes a film of the values.',
  }
}
