import { z } from 'zod'
import type { LayerNode } from './model-document.ts'

/** How a layer takes part in training; what is absent is at its default. */
export const layerTrainingFields = {
  /** False for a frozen layer: its weights stay as they are. True by default. */
  trainable: z.boolean().optional(),
  /** The layer's share of the learning rate; 1 by default. */
  learningRateFactor: z.number().positive().max(1000).optional(),
}

const layerTrainingSchema = z.object(layerTrainingFields)
/** Changes to how a layer takes part in training; `undefined` goes back to the default. */
export type LayerTraining = z.output<typeof layerTrainingSchema>

/** Whether a layer's weights stay as they are. */
export function isFrozen({ trainable }: LayerTraining): boolean {
  return trainable === false
}

/** The layer with the changes and what they replace; undefined when a value is none that a document can hold. */
export function withLayerTraining(
  layer: LayerNode,
  changes: LayerTraining,
): { readonly layer: LayerNode; readonly before: LayerTraining } | undefined {
  if (!layerTrainingSchema.safeParse(changes).success) return undefined
  const { trainable, learningRateFactor, ...rest } = layer
  const next = { trainable, learningRateFactor, ...pick(changes) }
  return {
    layer: {
      ...rest,
      ...(next.trainable !== undefined && { trainable: next.trainable }),
      ...(next.learningRateFactor !== undefined && { learningRateFactor: next.learningRateFactor }),
    },
    before: {
      ...('trainable' in changes && { trainable }),
      ...('learningRateFactor' in changes && { learningRateFactor }),
    },
  }
}

/** Only the fields that exist, whatever else the object carries. */
function pick(changes: LayerTraining): LayerTraining {
  return {
    ...('trainable' in changes && { trainable: changes.trainable }),
    ...('learningRateFactor' in changes && { learningRateFactor: changes.learningRateFactor }),
  }
}
