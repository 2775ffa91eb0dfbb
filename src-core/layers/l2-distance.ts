import { elementCount } from '../tensor-graph/types.ts'
import { defineLayer, isRefusal } from './define-layer.ts'
import { inferMerge } from './support/merge.ts'
import { twoInputs, twoTensors } from './support/pair.ts'
import { singleOutput } from './support/ports.ts'
import { inferReduction, reduce, reductionFields } from './support/reduction.ts'

export const l2DistanceLayer = defineLayer({
  kind: 'l2Distance',
  label: 'L2Distance',
  category: 'Mathematics',
  description:
    'Measures how far apart two inputs are along an axis, e.g. the embeddings of two pictures in a siamese network.',
  formula: 'y = √Σ (x₁ − x₂)² along the axis',
  reference: 'Keras 3: keras.ops.norm(x1 - x2); PyTorch: torch.linalg.vector_norm; ONNX: ReduceL2',
  inputs: twoInputs,
  outputs: singleOutput,
  parameters: reductionFields,
  inferShape: ({ inputs, parameters }) => {
    const shape = inferMerge(inputs)
    return isRefusal(shape) ? shape : inferReduction(shape, parameters)
  },
  weights: () => [],
  flops: ({ inputs }) => 3 * Math.max(...inputs.map(elementCount)),
  lower: (context) => {
    const { builder, parameters } = context
    const difference = builder.apply('Sub', [...twoTensors(context)])
    return reduce(builder, 'ReduceL2', difference, parameters)
  },
})
