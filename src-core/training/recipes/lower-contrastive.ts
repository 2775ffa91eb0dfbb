import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import { layerValue, lowerModel, type ModelLowering } from '../lower-model.ts'
import type { Objective } from '../objective.ts'
import { sampleShares, sharedMean, sumOf, weightedSums } from '../sample-sums.ts'
import { contrastiveScores } from './contrastive-loss.ts'
import type { ContrastiveRecipe } from './recipe-config.ts'
import { recipeLayout } from './recipe-metrics.ts'

/** The embeddings of both views, and what layers add to the loss. */
export interface Views {
  readonly embeddings: readonly [TensorValue, TensorValue]
  readonly penalties: readonly TensorValue[]
}

/**
 * Lowers a model twice with shared weights, each time with noise of its own. Batch normalisation sees one view at a time;
 * its moving statistics follow the first view, then the second.
 */
export function lowerViews(lowering: ModelLowering): Views {
  const updates = new Map<string, TensorValue>()
  const view = (name: string) => {
    const { values, penalties } = lowerModel({
      ...lowering,
      weight: (weight) => updates.get(weight) ?? lowering.weight(weight),
      updateWeight: (weight, next) => {
        updates.set(weight, next)
        lowering.updateWeight(weight, next)
      },
      random: (key: string, shape: Shape) => lowering.random(`${key}/${name}`, shape),
    })
    const [outputId] = lowering.plan.outputIds
    if (outputId === undefined) throw new Error('a model without an output has no embeddings')
    return { embedding: layerValue(values, outputId), penalties: penalties.map(({ value }) => value) }
  }
  const [one, other] = [view('view1'), view('view2')]
  return { embeddings: [one.embedding, other.embedding], penalties: [...one.penalties, ...other.penalties] }
}

/** NT-Xent over a batch, with penalties, and its sums. */
export function contrastiveObjective(
  builder: GraphBuilder,
  { temperature, ...rest }: ContrastiveRecipe,
  embeddings: Views['embeddings'],
  sampleWeight: TensorValue,
  penalties: readonly TensorValue[],
): Objective {
  const { loss, found } = builder.scope('loss', () => contrastiveScores(builder, embeddings, temperature))
  const penalty = sumOf(builder, penalties)
  const dataLoss = sharedMean(builder, loss, sampleShares(builder, sampleWeight))
  return {
    mean: penalty ? builder.apply('Add', [dataLoss, penalty]) : dataLoss,
    weight: builder.apply('ReduceSum', [sampleWeight], { keepdims: 0 }),
    sums: weightedSums(builder, sampleWeight, [
      penalty ? builder.apply('Add', [loss, penalty]) : loss,
      found,
    ]),
    layout: recipeLayout({ temperature, ...rest }),
  }
}
