import { defaultLossParameters } from '../../training/losses/loss-parameters.ts'
import { lossReductions } from '../../training/losses/loss-reduction.ts'
import type { LossKind } from '../../training/run-config.ts'
import { boolean, choice, real, type ShownWhen } from '../parameter-fields.ts'

const forLosses = (...isOneOf: readonly ('auto' | LossKind)[]): ShownWhen => ({ parameter: 'loss', isOneOf })
const focal = forLosses('binaryFocalCrossentropy', 'categoricalFocalCrossentropy')

/** Parameters of output layers that go into the formulas of losses; each loss takes its own. */
export const lossFields = {
  reduction: choice({
    label: 'Reduction',
    description:
      'Whether losses that compare value by value take the mean over the values of a sample or their sum, as variational autoencoders need it.',
    default: defaultLossParameters.reduction,
    choices: lossReductions,
    advanced: true,
  }),
  labelSmoothing: real({
    label: 'Label smoothing',
    description: 'Cross-entropies: the share of each target that is spread over all classes.',
    default: defaultLossParameters.labelSmoothing,
    min: 0,
    max: 0.99,
    step: 0.05,
    shownWhen: forLosses(
      'auto',
      'categoricalCrossentropy',
      'sparseCategoricalCrossentropy',
      'binaryCrossentropy',
      'binaryFocalCrossentropy',
      'categoricalFocalCrossentropy',
    ),
    advanced: true,
  }),
  focalGamma: real({
    label: 'Focal gamma',
    description:
      'Focal cross-entropies: how much less samples count that the model is sure of; 0 is not at all.',
    default: defaultLossParameters.focalGamma,
    min: 0,
    max: 20,
    step: 0.5,
    shownWhen: focal,
    advanced: true,
  }),
  focalAlpha: real({
    label: 'Focal alpha',
    description:
      'Categorical focal cross-entropy: a factor of the loss. Binary focal cross-entropy: the weight of class 1, if classes are balanced.',
    default: defaultLossParameters.focalAlpha,
    min: 0,
    max: 1,
    step: 0.05,
    shownWhen: focal,
    advanced: true,
  }),
  classBalancing: boolean({
    label: 'Balance by alpha',
    description: 'Binary focal cross-entropy: whether class 1 counts alpha and class 0 counts 1 − alpha.',
    default: defaultLossParameters.classBalancing,
    shownWhen: forLosses('binaryFocalCrossentropy'),
    advanced: true,
  }),
  delta: real({
    label: 'Huber delta',
    description:
      'Huber loss: the error from which on the loss grows in proportion to it, no longer to its square.',
    default: defaultLossParameters.delta,
    min: 0.000001,
    max: 1_000_000,
    step: 0.1,
    shownWhen: forLosses('huber'),
    advanced: true,
  }),
  tverskyAlpha: real({
    label: 'Tversky alpha',
    description: 'Tversky loss: the weight of what belongs to the target but was not predicted.',
    default: defaultLossParameters.tverskyAlpha,
    min: 0,
    max: 100,
    step: 0.1,
    shownWhen: forLosses('tversky'),
    advanced: true,
  }),
  tverskyBeta: real({
    label: 'Tversky beta',
    description: 'Tversky loss: the weight of what was predicted but does not belong to the target.',
    default: defaultLossParameters.tverskyBeta,
    min: 0,
    max: 100,
    step: 0.1,
    shownWhen: forLosses('tversky'),
    advanced: true,
  }),
  temperature: real({
    label: 'Temperature',
    description:
      'Supervised contrastive loss: the smaller, the more the nearest samples of other classes count.',
    default: defaultLossParameters.temperature,
    min: 0.01,
    max: 100,
    step: 0.05,
    shownWhen: forLosses('supervisedContrastive'),
    advanced: true,
  }),
  margin: real({
    label: 'Margin',
    description:
      'Triplet loss: by how much samples of other classes shall be further away than those of the same.',
    default: defaultLossParameters.margin,
    min: 0,
    max: 4,
    step: 0.1,
    shownWhen: forLosses('tripletSemiHard'),
    advanced: true,
  }),
}
