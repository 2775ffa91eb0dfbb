import { boolean, choice, initializer, integer, penalty, real } from '../../parameter-fields.ts'

/** Functions that work on every value by itself, so that they can be gates. */
export const gateActivations = ['tanh', 'sigmoid', 'relu', 'linear', 'elu', 'selu', 'softplus'] as const

/** Parameters of every recurrent layer. Names and defaults as in Keras 3. */
export const recurrentFields = {
  units: integer({
    label: 'Units',
    essential: true,
    description: 'How many values the layer remembers and gives.',
    default: 32,
    max: 65_536,
  }),
  returnSequences: boolean({
    label: 'Return sequences',
    description:
      'Gives the output of every step, for another recurrent layer; otherwise that of the last step.',
    default: false,
  }),
  activation: choice({
    label: 'Activation',
    description: 'The function applied to what is remembered.',
    default: 'tanh',
    choices: gateActivations,
    advanced: true,
  }),
  useBias: boolean({
    label: 'Use bias',
    description: 'Adds a learned constant to every sum.',
    default: true,
    advanced: true,
  }),
  dropout: real({
    label: 'Dropout',
    description: 'Share of the inputs that are dropped while training, the same ones at every step.',
    default: 0,
    min: 0,
    max: 0.95,
    step: 0.05,
  }),
  recurrentDropout: real({
    label: 'Recurrent dropout',
    description:
      'Share of the remembered values that are dropped while training, the same ones at every step.',
    default: 0,
    min: 0,
    max: 0.95,
    step: 0.05,
  }),
  kernelInitializer: initializer({
    label: 'Kernel initializer',
    description: 'How the first values of the input’s weights are drawn.',
    default: 'glorotUniform',
  }),
  recurrentInitializer: initializer({
    label: 'Recurrent initializer',
    description: 'How the first values of the recurrent weights are drawn.',
    default: 'orthogonal',
  }),
  kernelL2: penalty({
    label: 'Kernel L2 penalty',
    description: 'Adds this times the sum of squared kernel values to the loss; keeps values small.',
  }),
} as const

export const gateFields = {
  recurrentActivation: choice({
    label: 'Recurrent activation',
    description: 'The function that opens and closes the gates.',
    default: 'sigmoid',
    choices: gateActivations,
    advanced: true,
  }),
} as const

export const lstmFields = {
  unitForgetBias: boolean({
    label: 'Unit forget bias',
    description: 'Starts the forget gate’s bias at 1, so that the layer remembers until it learns to forget.',
    default: true,
    advanced: true,
  }),
} as const

export const gruFields = {
  resetAfter: boolean({
    label: 'Reset after',
    description: 'Applies the reset gate after the product with the recurrent kernel, as cuDNN does.',
    default: true,
    advanced: true,
  }),
} as const

/** The way through the sequence of layers that go one way. */
export const directionFields = {
  goBackwards: boolean({
    label: 'Go backwards',
    description: 'Reads the sequence from its end; sequences come out in that order too.',
    default: false,
    advanced: true,
  }),
} as const

/** Of layers that go one way: at both ends of a window there is no state that could go on into both its neighbours. */
export const statefulFields = {
  stateful: boolean({
    label: 'Stateful',
    description:
      'Begins every batch with the states at the end of the batch before, row by row, for one long sequence that is cut into rows. Shuffling must be off.',
    default: false,
    advanced: true,
  }),
} as const

export const mergeModes = ['concatenate', 'sum', 'multiply', 'average'] as const

export const bidirectionalFields = {
  mergeMode: choice({
    label: 'Merge mode',
    description: 'How the outputs of both directions become one.',
    default: 'concatenate',
    choices: mergeModes,
  }),
} as const
