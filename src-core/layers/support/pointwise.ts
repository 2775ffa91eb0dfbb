import { elementCount, type Shape } from '../../tensor-graph/types.ts'
import type { MaskRule } from '../define-layer.ts'
import { onlyShape } from './context.ts'
import { singleInput, singleOutput } from './ports.ts'

/** What all layers have in common that compute every value of their result from the value at its place. */
export const pointwise = {
  inputs: singleInput,
  outputs: singleOutput,
  inferShape: onlyShape,
  maskRule: (): MaskRule => 'passes',
  weights: () => [],
  flops: ({ output }: { readonly output: Shape }) => elementCount(output),
} as const
