import type { OptimizerConfig, OptimizerKind } from '../../../src-core/training/run-config.ts'

/** Optimizers by the names people know them by. */
export const optimizerLabels: Readonly<Record<OptimizerKind, string>> = {
  sgd: 'SGD',
  momentum: 'SGD with momentum',
  nesterov: 'SGD with Nesterov momentum',
  adam: 'Adam',
  adamw: 'AdamW',
}

export interface OptimizerField {
  readonly key: string
  readonly label: string
  readonly description: string
  /** What the value must be, in words. */
  readonly range: string
  readonly step: number
  /** Rarely changed. */
  readonly advanced: boolean
  readonly value: number
}

const texts: Readonly<Record<string, Omit<OptimizerField, 'key' | 'value'>>> = {
  learningRate: {
    label: 'Learning rate',
    description: 'How far one step goes. Too large and the loss grows, too small and nothing happens.',
    range: 'must be above 0 and at most 10',
    step: 0.0001,
    advanced: false,
  },
  momentum: {
    label: 'Momentum',
    description: 'The share of the last step that carries on.',
    range: 'must be from 0 to below 1',
    step: 0.01,
    advanced: false,
  },
  weightDecay: {
    label: 'Weight decay',
    description: 'Pulls weights towards zero at every step.',
    range: 'must be 0 or more',
    step: 0.001,
    advanced: false,
  },
  beta1: {
    label: 'Beta 1',
    description: 'Decay of the running mean of gradients.',
    range: 'must be from 0 to below 1',
    step: 0.01,
    advanced: true,
  },
  beta2: {
    label: 'Beta 2',
    description: 'Decay of the running mean of squared gradients.',
    range: 'must be from 0 to below 1',
    step: 0.001,
    advanced: true,
  },
  epsilon: {
    label: 'Epsilon',
    description: 'Keeps the division by small gradients finite.',
    range: 'must be above 0',
    step: 1e-7,
    advanced: true,
  },
}

/** The numbers of an optimizer, ready for a form. */
export function optimizerFields(optimizer: OptimizerConfig): readonly OptimizerField[] {
  return Object.entries(optimizer).flatMap(([key, value]) => {
    const text = texts[key]
    return text && typeof value === 'number' ? [{ ...text, key, value }] : []
  })
}
