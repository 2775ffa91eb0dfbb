import { sizeAt } from '../shapes/axes.ts'
import { broadcastShapes } from '../shapes/broadcast.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { boolean } from './parameter-fields.ts'
import { twoInputs, twoShapes, twoTensors } from './support/pair.ts'
import { singleOutput } from './support/ports.ts'

export const matrixMultiplyLayer = defineLayer({
  kind: 'matrixMultiply',
  label: 'MatrixMultiply',
  category: 'Merge',
  description:
    'Multiplies two matrices, e.g. attention weights with values. The last two axes are rows and columns; axes before them are done one by one.',
  formula: 'y = x₁ · x₂, each transposed on request',
  reference: 'Keras 3: keras.ops.matmul; ONNX: MatMul',
  inputs: twoInputs,
  outputs: singleOutput,
  parameters: {
    transposeFirst: boolean({
      label: 'Transpose first',
      description: 'Swaps rows and columns of the first input.',
      default: false,
    }),
    transposeSecond: boolean({
      label: 'Transpose second',
      description: 'Swaps rows and columns of the second input.',
      default: false,
    }),
  },
  inferShape: (context) => {
    const [given, other] = twoShapes(context)
    if (given.length < 2 || given.length !== other.length) {
      return {
        code: 'shape.rank',
        expected: 'expects two inputs of equally many axes, the last two of them rows and columns',
        hint: 'Use Dot for lists of values, or insert a Reshape that adds the missing axes.',
      }
    }
    const first = swapped(given, context.parameters.transposeFirst)
    const second = swapped(other, context.parameters.transposeSecond)
    const before = broadcastShapes([first.slice(0, -2), second.slice(0, -2)])
    if (sizeAt(first, -1) === sizeAt(second, -2) && before) {
      return [...before, sizeAt(first, -2), sizeAt(second, -1)]
    }
    return {
      code: 'shape.mismatch',
      expected: 'expects a first matrix with as many columns as the second has rows',
      hint: 'Transpose one of them, or change the layers before it; axes before the matrices must be equal or 1.',
    }
  },
  weights: () => [],
  flops: (context) => {
    const [first] = twoShapes(context)
    return 2 * elementCount(context.output) * sizeAt(first, context.parameters.transposeFirst ? -2 : -1)
  },
  lower: (context) => {
    const { builder, parameters } = context
    const [first, second] = twoTensors(context)
    return builder.apply('MatMul', [
      parameters.transposeFirst ? transposed(builder, first) : first,
      parameters.transposeSecond ? transposed(builder, second) : second,
    ])
  },
})

function swapped(shape: Shape, swap: boolean): Shape {
  return swap ? [...shape.slice(0, -2), sizeAt(shape, -1), sizeAt(shape, -2)] : shape
}

function transposed(builder: GraphBuilder, x: TensorValue): TensorValue {
  const axes = [...x.shape.keys()]
  return builder.apply('Transpose', [x], { perm: swapped(axes, true) })
}
