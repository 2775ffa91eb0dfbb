import { choice, integer, pair, real } from '../parameter-fields.ts'
import { type ActivationKind, activationKinds } from './activations.ts'

/** Batch normalization inside a block. */
export const blockNormalizationFields = {
  momentum: real({
    label: 'Momentum',
    description: 'How much of the old moving means and variances stays at every step.',
    default: 0.99,
    min: 0,
    max: 1,
    advanced: true,
  }),
  epsilon: real({
    label: 'Epsilon',
    description: 'Added to the variances so that nothing is divided by zero.',
    default: 0.001,
    min: 1e-12,
    max: 1,
    step: 0.0001,
    advanced: true,
  }),
} as const

/** The function between the parts of a block, which is also the last one. */
export function blockActivationField(defaultKind: ActivationKind) {
  return choice({
    label: 'Activation',
    description: 'The function between the parts of the block, and of its result.',
    default: defaultKind,
    choices: activationKinds,
  })
}

/** The function between the parts of a block that does not end in it: losses read `activation` as a layer's end. */
export function hiddenActivationField(defaultKind: ActivationKind) {
  return choice({
    label: 'Hidden activation',
    description: 'The function between the parts of the block.',
    default: defaultKind,
    choices: activationKinds,
  })
}

export const blockStridesField = pair({
  label: 'Strides',
  essential: true,
  description: 'How far the filters move; 2 halves the image.',
  default: [1, 1],
  max: 1000,
})

/** A number of channels. */
export function channelCount(label: string, description: string, count: number) {
  return integer({ label, description, default: count, max: 16_384, essential: true })
}
