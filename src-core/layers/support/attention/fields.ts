import { boolean, integer, real } from '../../parameter-fields.ts'

export const headFields = {
  numHeads: integer({
    label: 'Heads',
    essential: true,
    description: 'How many ways of looking there are beside each other.',
    default: 4,
    max: 1024,
  }),
} as const

export const attentionDropout = real({
  label: 'Dropout',
  description: 'Share of the attention that is dropped while training.',
  default: 0,
  min: 0,
  max: 0.95,
  step: 0.05,
})

export const causalField = boolean({
  label: 'Causal',
  description: 'Every step sees only itself and what comes before it, as a model that writes text must.',
  default: false,
})

export const attentionBias = boolean({
  label: 'Use bias',
  description: 'Adds a learned constant after every product.',
  default: true,
  advanced: true,
})

/** How far places are told apart by waves. */
export const wavelengthFields = {
  maxWavelength: real({
    label: 'Longest wave',
    description: 'Steps of the longest wave, divided by 2π.',
    default: 10_000,
    min: 1,
    max: 10_000_000,
    step: 100,
    advanced: true,
  }),
} as const
