import { type Problem, problem } from '../../problems.ts'
import type { TrainingSettings } from '../run-config.ts'
import type { AdversarialRecipe } from './recipe-config.ts'

/** Settings that make no sense beside a recipe, whatever is drawn (`run.config`). */
export function checkRecipe(settings: TrainingSettings): Problem[] {
  const { recipe } = settings
  if (recipe === undefined) return []
  return [
    ...withoutTargets(settings, recipe.kind),
    ...(recipe.kind === 'adversarial' ? checkAdversarial(settings, recipe) : checkBatch(settings)),
  ]
}

function withoutTargets({ mixing, classWeights }: TrainingSettings, recipe: string): Problem[] {
  return [
    ...(mixing
      ? [
          wrong(
            `${mixing.kind} blends samples with their targets, but ${recipe} training has no targets.`,
            'Switch mixing off.',
          ),
        ]
      : []),
    ...(classWeights === undefined || classWeights === 'none'
      ? []
      : [
          wrong(
            `Class weights count rows by their target, but ${recipe} training has no targets.`,
            'Set the class weights to none.',
          ),
        ]),
  ]
}

function checkAdversarial(
  settings: TrainingSettings,
  { loss, labelSmoothing }: AdversarialRecipe,
): Problem[] {
  const { gradientAccumulationSteps = 1, precision } = settings
  const smooths = loss === 'nonSaturating' || loss === 'leastSquares'
  return [
    ...(gradientAccumulationSteps > 1
      ? [
          wrong(
            `Gradients are accumulated over ${gradientAccumulationSteps} batches, but a GAN moves both networks with every batch.`,
            'Set gradient accumulation to 1, and raise the batch size instead.',
          ),
        ]
      : []),
    ...(precision === 'mixed16'
      ? [
          wrong(
            'Mixed precision scales one loss, but a GAN descends two that pull against each other.',
            'Set the precision to float32.',
          ),
        ]
      : []),
    ...(labelSmoothing > 0 && !smooths
      ? [
          problem(
            'run.config',
            `Label smoothing has no effect with the adversarial loss ${loss}, which has no labels.`,
            { severity: 'warning', hint: 'Set it to 0.' },
          ),
        ]
      : []),
  ]
}

function checkBatch({ batchSize }: TrainingSettings): Problem[] {
  if (batchSize > 1) return []
  return [
    wrong(
      'Contrastive training tells the samples of a batch apart, but the batch size is 1.',
      'Raise the batch size: the more samples there are to tell apart, the better; 256 and more are usual.',
    ),
  ]
}

function wrong(message: string, hint: string): Problem {
  return problem('run.config', message, { hint })
}
