import { mark } from '../../../src-core/language/t.ts'
import type { OptimizerConfig, OptimizerKind } from '../../../src-core/training/run-config.ts'

/** Optimizers by the names people know them by; translated where they are shown. */
export const optimizerLabels: Readonly<Record<OptimizerKind, string>> = {
  sgd: 'SGD',
  momentum: mark('SGD with momentum'),
  nesterov: mark('SGD with Nesterov momentum'),
  adam: 'Adam',
  adamw: 'AdamW',
  rmsprop: 'RMSprop',
  adagrad: 'Adagrad',
  adadelta: 'Adadelta',
  adamax: 'Adamax',
  nadam: 'Nadam',
  ftrl: 'FTRL',
  lion: 'Lion',
  lamb: 'LAMB',
  adafactor: 'Adafactor',
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
    label: mark('Learning rate'),
    description: mark('How far one step goes. Too large and the loss grows, too small and nothing happens.'),
    range: mark('must be above 0 and at most 10'),
    step: 0.0001,
    advanced: false,
  },
  momentum: {
    label: mark('Momentum'),
    description: mark('The share of the last step that carries on.'),
    range: mark('must be from 0 to below 1'),
    step: 0.01,
    advanced: false,
  },
  weightDecay: {
    label: mark('Weight decay'),
    description: mark('Pulls weights towards zero at every step.'),
    range: mark('must be 0 or more'),
    step: 0.001,
    advanced: false,
  },
  beta1: {
    label: mark('Beta 1'),
    description: mark('Decay of the running mean of gradients.'),
    range: mark('must be from 0 to below 1'),
    step: 0.01,
    advanced: true,
  },
  beta2: {
    label: mark('Beta 2'),
    description: mark('Decay of the running mean of squared gradients.'),
    range: mark('must be from 0 to below 1'),
    step: 0.001,
    advanced: true,
  },
  epsilon: {
    label: mark('Epsilon'),
    description: mark('Keeps the division by small gradients finite.'),
    range: mark('must be above 0'),
    step: 1e-7,
    advanced: true,
  },
  rho: {
    label: mark('Rho'),
    description: mark('Decay of the running mean of squared gradients.'),
    range: mark('must be from 0 to below 1'),
    step: 0.01,
    advanced: true,
  },
  initialAccumulatorValue: {
    label: mark('Initial accumulator'),
    description: mark('What the sum of squared gradients starts from. Larger makes the first steps shorter.'),
    range: mark('must be 0 or more'),
    step: 0.01,
    advanced: true,
  },
  learningRatePower: {
    label: mark('Learning rate power'),
    description: mark('How the learning rate falls as squared gradients add up; 0 keeps it constant.'),
    range: mark('must be 0 or less'),
    step: 0.1,
    advanced: true,
  },
  l1RegularizationStrength: {
    label: mark('L1 strength'),
    description: mark('Sets weights with little influence to zero.'),
    range: mark('must be 0 or more'),
    step: 0.001,
    advanced: true,
  },
  l2RegularizationStrength: {
    label: mark('L2 strength'),
    description: mark('Keeps weights small.'),
    range: mark('must be 0 or more'),
    step: 0.001,
    advanced: true,
  },
  l2ShrinkageRegularizationStrength: {
    label: mark('L2 shrinkage'),
    description: mark('Adds a share of the weight to its gradient.'),
    range: mark('must be 0 or more'),
    step: 0.001,
    advanced: true,
  },
  beta: {
    label: mark('Beta'),
    description: mark('Makes the first steps shorter.'),
    range: mark('must be 0 or more'),
    step: 0.1,
    advanced: true,
  },
  beta2Decay: {
    label: mark('Beta 2 decay'),
    description: mark('How fast the running mean of squared gradients grows longer.'),
    range: mark('must be from −1 to below 0'),
    step: 0.1,
    advanced: true,
  },
  epsilon1: {
    label: mark('Epsilon 1'),
    description: mark('Added to squared gradients.'),
    range: mark('must be above 0'),
    step: 1e-30,
    advanced: true,
  },
  epsilon2: {
    label: mark('Epsilon 2'),
    description: mark('The smallest size of a weight that steps are scaled to.'),
    range: mark('must be above 0'),
    step: 0.001,
    advanced: true,
  },
  clipThreshold: {
    label: mark('Clip threshold'),
    description: mark('Steps longer than this, on the average of a weight, are shortened.'),
    range: mark('must be above 0'),
    step: 0.1,
    advanced: true,
  },
}

/** Fields that documents leave out until they are set. */
const unset: { readonly [kind in OptimizerKind]?: Readonly<Record<string, number | boolean>> } = {
  adam: { weightDecay: 0, amsgrad: false },
  adamw: { amsgrad: false },
}

function valuesOf(optimizer: OptimizerConfig): [key: string, value: unknown][] {
  return Object.entries({ ...unset[optimizer.kind], ...optimizer })
}

/** The numbers of an optimizer, ready for a form. */
export function optimizerFields(optimizer: OptimizerConfig): readonly OptimizerField[] {
  return valuesOf(optimizer).flatMap(([key, value]) => {
    const text = texts[key]
    return text && typeof value === 'number' ? [{ ...text, key, value }] : []
  })
}

export interface OptimizerSwitch {
  readonly key: string
  readonly label: string
  readonly description: string
  readonly value: boolean
}

const switchTexts: Readonly<Record<string, Omit<OptimizerSwitch, 'key' | 'value'>>> = {
  centered: {
    label: mark('Centered'),
    description: mark('Divides by the deviation of the gradients instead of their size.'),
  },
  amsgrad: {
    label: mark('AMSGrad'),
    description: mark(
      'Divides by the largest mean of squared gradients so far, so that steps never grow again.',
    ),
  },
}

/** What can be switched on in an optimizer, ready for a form. */
export function optimizerSwitches(optimizer: OptimizerConfig): readonly OptimizerSwitch[] {
  return valuesOf(optimizer).flatMap(([key, value]) => {
    const text = switchTexts[key]
    return text && typeof value === 'boolean' ? [{ ...text, key, value }] : []
  })
}
