import { assertNever } from '../../assert-never.ts'
import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { asNumber, asRows, headScores, rowMean } from '../losses/head.ts'
import type { AdversarialRecipe } from './recipe-config.ts'

/** Scores of a batch that the discriminator has judged, [batch, scores per sample]. */
export interface Scores {
  readonly real: TensorValue
  readonly generated: TensorValue
}

/** The discriminator's raw scores, from what its output layer gives: what a sigmoid at the end was made from. */
export function scoresOf(builder: GraphBuilder, judgement: TensorValue): TensorValue {
  // Without a class loss nothing but the builder and the prediction is looked at.
  const inputs = { builder, prediction: judgement, target: judgement }
  const head = { kind: 'binaryCrossentropy', target: 'values', fromScores: false, weight: 1 } as const
  return asRows(builder, headScores(inputs, head, ['Sigmoid']) ?? judgement)
}

/**
 * What the discriminator descends, per sample [batch, 1]; d are scores, s is 1 − labelSmoothing.
 * nonSaturating (Goodfellow et al. 2014): softplus(d(x)) − s · d(x) + softplus(d(g)), the cross-entropy of sigmoid(d);
 * leastSquares (Mao et al. 2017): ½ (d(x) − s)² + ½ d(g)²;
 * hinge (Lim and Ye 2017; Miyato et al. 2018): max(0, 1 − d(x)) + max(0, 1 + d(g));
 * wasserstein (Arjovsky et al. 2017): d(g) − d(x).
 */
export function discriminatorLoss(
  builder: GraphBuilder,
  { loss, labelSmoothing }: AdversarialRecipe,
  { real, generated }: Scores,
): TensorValue {
  const scalar = (value: number) => builder.scalar(value)
  const apply = (operator: string, ...inputs: TensorValue[]) => builder.apply(operator, inputs)
  const told = scalar(1 - labelSmoothing)
  const both = (ofReal: TensorValue, ofGenerated: TensorValue) =>
    rowMean(builder, apply('Add', ofReal, ofGenerated))
  switch (loss) {
    case 'nonSaturating':
      return both(
        apply('Sub', apply('Softplus', real), apply('Mul', real, told)),
        apply('Softplus', generated),
      )
    case 'leastSquares':
      return both(halfSquare(builder, apply('Sub', real, told)), halfSquare(builder, generated))
    case 'hinge':
      return both(
        apply('Relu', apply('Sub', scalar(1), real)),
        apply('Relu', apply('Add', scalar(1), generated)),
      )
    case 'wasserstein':
      return rowMean(builder, apply('Sub', generated, real))
    default:
      return assertNever(loss)
  }
}

/**
 * What the generator descends, per sample [batch, 1]: softplus(−d(g)) for nonSaturating, ½ (d(g) − 1)² for leastSquares,
 * −d(g) for hinge and wasserstein.
 */
export function generatorLoss(
  builder: GraphBuilder,
  { loss }: AdversarialRecipe,
  generated: TensorValue,
): TensorValue {
  switch (loss) {
    case 'nonSaturating':
      return rowMean(builder, builder.apply('Softplus', [builder.apply('Neg', [generated])]))
    case 'leastSquares':
      return rowMean(builder, halfSquare(builder, builder.apply('Sub', [generated, builder.scalar(1)])))
    case 'hinge':
    case 'wasserstein':
      return rowMean(builder, builder.apply('Neg', [generated]))
    default:
      return assertNever(loss)
  }
}

function halfSquare(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.apply('Mul', [builder.apply('Mul', [value, value]), builder.scalar(0.5)])
}

/**
 * How much of each sample was judged right, [batch, 1] each: real ones scored above the border, generated ones not above.
 * The border is 0, ½ for leastSquares; scores of wasserstein mean something only beside each other, so there it is halfway
 * between the means of both over the batch.
 */
export function judgedRight(
  builder: GraphBuilder,
  { loss }: AdversarialRecipe,
  { real, generated }: Scores,
): Scores {
  const border =
    loss === 'wasserstein'
      ? halfway(builder, real, generated)
      : builder.scalar(loss === 'leastSquares' ? 0.5 : 0)
  const above = (scores: TensorValue) => builder.apply('Greater', [scores, border])
  return {
    real: rowMean(builder, asNumber(builder, above(real))),
    generated: rowMean(builder, asNumber(builder, builder.apply('Not', [above(generated)]))),
  }
}

function halfway(builder: GraphBuilder, one: TensorValue, other: TensorValue): TensorValue {
  const [a, b] = [one, other].map((scores) => builder.apply('ReduceMean', [scores], { keepdims: 0 }))
  if (!a || !b) throw new Error('two means lie beside each other')
  return builder.apply('Mul', [builder.apply('Add', [a, b]), builder.scalar(0.5)])
}
