import { broadcastShapes } from '../../shapes/broadcast.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import type { MaskRule, ShapeRefusal } from '../define-layer.ts'
import { manyInputs, singleOutput } from './ports.ts'

/** The shape of tensors combined element by element, as keras.layers.Add broadcasts them. */
export function inferMerge(inputs: readonly Shape[]): Shape | ShapeRefusal {
  return (
    broadcastShapes(inputs) ?? {
      code: 'shape.mismatch',
      expected: 'expects inputs of one shape (an axis of size 1 is repeated)',
      hint: 'Change the layers before it until both shapes are equal, e.g. with padding "same" or as many filters.',
    }
  )
}

/** What all layers have in common that combine their inputs element by element. */
export const elementwiseMerge = {
  category: 'Merge',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {},
  inferShape: ({ inputs }: { readonly inputs: readonly Shape[] }) => inferMerge(inputs),
  maskRule: (): MaskRule => 'passes',
  weights: () => [],
  flops: mergeFlops,
} as const

/** Chains a binary operator: ((a ∘ b) ∘ c) ∘ … */
export function chain(builder: GraphBuilder, operator: string, inputs: readonly TensorValue[]): TensorValue {
  const [first, ...rest] = inputs
  if (!first) throw new Error(`nothing to merge with ${operator}`)
  return rest.reduce((merged, next) => builder.apply(operator, [merged, next]), first)
}

/** One operation per element and further input. */
export function mergeFlops(context: { readonly inputs: readonly Shape[]; readonly output: Shape }): number {
  return (context.inputs.length - 1) * elementCount(context.output)
}
