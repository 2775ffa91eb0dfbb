import { sizeAt } from '../../../shapes/axes.ts'
import type { Shape } from '../../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../../define-layer.ts'
import { boolean, integer, real } from '../../parameter-fields.ts'
import { activationField } from '../activations.ts'
import { requireSequence } from '../refusals.ts'
import { headFields } from './fields.ts'

/** Parameters of both transformer blocks. Names and defaults as in KerasHub. */
export const transformerFields = {
  ...headFields,
  intermediateDim: integer({
    label: 'Intermediate size',
    essential: true,
    description:
      'Units of the first of the two dense layers that follow the attention; four times the features is usual.',
    default: 256,
    max: 1_000_000,
  }),
  dropout: real({
    label: 'Dropout',
    description: 'Share of values that are dropped after each part, and of the attention, while training.',
    default: 0,
    min: 0,
    max: 0.95,
    step: 0.05,
  }),
  hiddenActivation: activationField('relu'),
  normalizeFirst: boolean({
    label: 'Normalize first',
    description: 'Normalizes before each part instead of after it; deep stacks train more easily so.',
    default: false,
    advanced: true,
  }),
  layerNormEpsilon: real({
    label: 'Epsilon',
    description: 'Added to the variance so that nothing is divided by zero.',
    default: 1e-5,
    min: 1e-12,
    max: 1,
    step: 0.00001,
    advanced: true,
  }),
} as const

/** Refuses everything but a sequence whose features the heads can share. */
export function requireEvenHeads(sequence: Shape, heads: number): ShapeRefusal | undefined {
  const refusal = requireSequence(sequence)
  if (refusal || sizeAt(sequence, 1) % heads === 0) return refusal
  return {
    code: 'layer.badParameter',
    expected: `expects a number of features that its ${heads} heads divide`,
    hint: 'Choose heads that divide the features, or change the layer before it.',
    parameter: 'numHeads',
  }
}
