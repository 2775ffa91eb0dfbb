import type { ConstraintSpec } from '../../compile/model-plan.ts'
import type { Shape } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'
import { choice, real } from '../parameter-fields.ts'

const constraintChoices = ['none', 'maxNorm', 'nonNegative', 'unitNorm', 'minMaxNorm'] as const

/** Parameters of a kernel that is brought back within limits after each update. */
export const constraintFields = {
  kernelConstraint: choice({
    label: 'Kernel constraint',
    description:
      'What the kernel is brought back to after each update. Norms are those of the weights that lead to one output.',
    default: 'none',
    choices: constraintChoices,
    advanced: true,
  }),
  kernelMaximumNorm: real({
    label: 'Largest norm',
    description: 'For the constraints maxNorm and minMaxNorm.',
    default: 2,
    min: 0,
    max: 1000,
    step: 0.1,
    advanced: true,
  }),
  kernelMinimumNorm: real({
    label: 'Smallest norm',
    description: 'For the constraint minMaxNorm.',
    default: 0,
    min: 0,
    max: 1000,
    step: 0.1,
    advanced: true,
  }),
  kernelNormRate: real({
    label: 'Constraint rate',
    description:
      'For the constraint minMaxNorm: how much of the way to the nearest norm is gone; 1 is all of it.',
    default: 1,
    min: 0,
    max: 1,
    advanced: true,
  }),
} as const

export interface ConstraintParameters {
  readonly kernelConstraint?: (typeof constraintChoices)[number]
  readonly kernelMaximumNorm?: number
  readonly kernelMinimumNorm?: number
  readonly kernelNormRate?: number
}

/** What is wrong with the limits of a constraint taken together, if anything. */
export function constraintFault(parameters: ConstraintParameters): ShapeRefusal | undefined {
  const { kernelConstraint, kernelMinimumNorm: minimum = 0, kernelMaximumNorm: maximum = 2 } = parameters
  if (kernelConstraint !== 'minMaxNorm' || minimum <= maximum) return undefined
  return {
    code: 'layer.badParameter',
    expected: `expects a smallest norm of at most its largest norm, ${maximum}, and has ${minimum}`,
    hint: 'Lower the smallest norm, or raise the largest.',
    parameter: 'kernelMinimumNorm',
    ownFault: true,
  }
}

/**
 * The constraint of a kernel of this shape, if any. Outputs are the last axis of a matrix and the first of a convolution
 * kernel; norms are taken over all others.
 */
export function kernelConstraint(parameters: ConstraintParameters, shape: Shape): ConstraintSpec | undefined {
  const { kernelConstraint: kind = 'none' } = parameters
  if (kind === 'none') return undefined
  const outputs = shape.length > 2 ? 0 : shape.length - 1
  return {
    kind,
    axes: [...shape.keys()].filter((axis) => axis !== outputs),
    maximum: parameters.kernelMaximumNorm ?? 2,
    minimum: parameters.kernelMinimumNorm ?? 0,
    rate: parameters.kernelNormRate ?? 1,
  }
}
