import { assertNever } from '../../../assert-never.ts'
import type { GraphBuilder } from '../../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../../tensor-graph/types.ts'
import type { LayerContext, LoweringContext, ShapedLayerContext } from '../../define-layer.ts'
import type { RecurrentCell } from './cell.ts'
import type { mergeModes } from './fields.ts'
import {
  features,
  passThrough,
  prefixedWeights,
  type RecurrentParameters,
  recurrentShape,
  sharedMembers,
} from './recurrent-members.ts'

type MergeMode = (typeof mergeModes)[number]
type BothWays<P> = P & RecurrentParameters & { readonly mergeMode: MergeMode }

/** What all layers have in common that run a cell both ways, each with weights of its own, as keras.layers.Bidirectional. */
export function bidirectionalMembers<P>(cell: RecurrentCell<P>) {
  return {
    ...sharedMembers(cell, 2),
    inferShape: ({ inputs, parameters }: LayerContext<BothWays<P>>) => {
      const { units, mergeMode } = parameters
      return recurrentShape(inputs, parameters, mergeMode === 'concatenate' ? 2 * units : units)
    },
    weights: ({ inputs, parameters }: ShapedLayerContext<BothWays<P>>) => {
      const weights = cell.weights(parameters, features(inputs))
      return [...prefixedWeights('forward', weights), ...prefixedWeights('backward', weights)]
    },
    lower: (context: LoweringContext<BothWays<P>>): TensorValue => {
      const { builder, parameters } = context
      // Keras does so too: the sum of both ways has nothing to say about padding.
      const zeroPadding = parameters.returnSequences
      const forward = passThrough(context, cell, { goBackwards: false, zeroPadding, prefix: 'forward' })
      const backward = passThrough(context, cell, { goBackwards: true, zeroPadding, prefix: 'backward' })
      const pair = parameters.returnSequences
        ? [forward.sequence('by time'), backward.sequence('by time')]
        : [forward.last, backward.last]
      return merge(builder, parameters.mergeMode, pair)
    },
  }
}

function merge(builder: GraphBuilder, mode: MergeMode, pair: readonly TensorValue[]): TensorValue {
  switch (mode) {
    case 'concatenate':
      return builder.apply('Concat', pair, { axis: -1 })
    case 'sum':
      return builder.apply('Add', pair)
    case 'multiply':
      return builder.apply('Mul', pair)
    case 'average':
      return builder.apply('Mul', [builder.apply('Add', pair), builder.scalar(0.5)])
    default:
      return assertNever(mode)
  }
}
