import { sameShape } from '../shapes/broadcast.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer, type LoweringContext } from './define-layer.ts'
import { real } from './parameter-fields.ts'
import { normalNoise } from './support/noise.ts'
import { twoShapes, twoTensors } from './support/pair.ts'
import { singleOutput } from './support/ports.ts'

export const gaussianSamplingLayer = defineLayer({
  kind: 'gaussianSampling',
  label: 'GaussianSampling',
  category: 'Regularization',
  description:
    'The latent layer of a variational autoencoder: while training it draws a point from the normal distribution that its inputs describe, and keeps that distribution near the standard one, so that new samples can be drawn. When predicting it gives the mean.',
  formula:
    'training: z = mean + exp(logVariance / 2) · n, n normal with mean 0 and variance 1; else z = mean; loss += beta · −½ Σ (1 + logVariance − mean² − exp(logVariance)), averaged over the batch',
  reference:
    'Kingma, Welling 2013, “Auto-encoding variational Bayes”, appendix B; beta: Higgins et al. 2017, “beta-VAE”',
  inputs: [
    { name: 'mean', label: 'Mean' },
    { name: 'logVariance', label: 'Log variance' },
  ],
  outputs: singleOutput,
  parameters: {
    beta: real({
      label: 'Beta',
      essential: true,
      description:
        'How much the divergence counts in the loss; the loss of the output should then be a sum over values, too (its reduction).',
      default: 1,
      min: 0,
      max: 1000,
      step: 0.1,
    }),
  },
  inferShape: (context) => {
    const [mean, logVariance] = twoShapes(context)
    if (sameShape(mean, logVariance)) return mean
    return {
      code: 'shape.mismatch',
      expected: 'expects a mean and a log variance of one shape',
      hint: 'Give both layers before it equally many units.',
    }
  },
  weights: () => [],
  flops: ({ output }) => 15 * elementCount(output),
  activationElements: ({ output }) => 3 * elementCount(output),
  reportedLosses: ['klLoss'],
  lower: (context) => {
    const { builder, parameters, training } = context
    const [mean, logVariance] = twoTensors(context)
    context.addLoss(
      builder.apply('Mul', [divergence(context, mean, logVariance), builder.scalar(parameters.beta)]),
      'klLoss',
    )
    if (!training) return mean
    const half = builder.apply('Mul', [logVariance, builder.scalar(0.5)])
    const deviation = builder.apply('Exp', [half])
    const noise = normalNoise(context, mean.shape)
    return builder.apply('Add', [mean, builder.apply('Mul', [deviation, noise])])
  },
})

/** The Kullback-Leibler divergence from N(0, 1), summed over a sample's values and averaged over the batch. */
function divergence(
  { builder, batchSize }: Pick<LoweringContext<unknown>, 'builder' | 'batchSize'>,
  mean: TensorValue,
  logVariance: TensorValue,
): TensorValue {
  const square = builder.apply('Mul', [mean, mean])
  const variance = builder.apply('Exp', [logVariance])
  const kept = builder.apply('Add', [builder.scalar(1), logVariance])
  const terms = builder.apply('Sub', [kept, builder.apply('Add', [square, variance])])
  const total = builder.apply('ReduceSum', [terms], { keepdims: 0 })
  return builder.apply('Mul', [total, builder.scalar(-0.5 / batchSize)])
}
