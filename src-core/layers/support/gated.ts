import { channelAxis, sizeAt } from '../../shapes/axes.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import type { LoweringContext, MaskRule, ShapeRefusal } from '../define-layer.ts'
import { type ActivationKind, activationFlops, lowerActivation } from './activations.ts'
import { batchedChannelAxis } from './channels.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'

/** Parts of a layer that multiplies the first half of its channels with an activation of the second half. */
export function gatedBy(activation: ActivationKind) {
  return {
    category: 'Activation',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: {},
    inferShape: ({ inputs }: { readonly inputs: readonly Shape[] }) => inferHalf(onlyShape({ inputs })),
    maskRule: (): MaskRule => 'passes',
    weights: () => [],
    flops: ({ output }: { readonly output: Shape }) =>
      elementCount(output) + activationFlops(activation, output),
    // The gate before and after its activation, and the product.
    activationElements: ({ output }: { readonly output: Shape }) => 3 * elementCount(output),
    lower: ({ builder, inputs }: Pick<LoweringContext<object>, 'builder' | 'inputs'>) => {
      const [values, gates] = halves(builder, onlyTensor({ inputs }))
      return builder.apply('Mul', [values, lowerActivation(builder, gates, activation)])
    },
  } as const
}

/** The shape of half the channels. */
function inferHalf(shape: Shape): Shape | ShapeRefusal {
  const axis = channelAxis(shape)
  const channels = sizeAt(shape, axis)
  if (channels % 2 === 0) return shape.with(axis, channels / 2)
  return {
    code: 'shape.mismatch',
    expected: 'expects an even number of channels: values and their gates',
    hint: `It gets ${channels} channels; give the layer before it twice as many as shall come out here.`,
  }
}

function halves(builder: GraphBuilder, x: TensorValue): readonly [TensorValue, TensorValue] {
  const axis = batchedChannelAxis(x)
  const half = sizeAt(x.shape, axis) / 2
  const [first, second] = builder.applyMany('Split', [x, builder.integers([half, half])], { axis }, 2)
  if (!first || !second) throw new Error('Split gave fewer than two halves')
  return [first, second]
}
