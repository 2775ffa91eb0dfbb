import type { Shape, TensorValue } from '../../tensor-graph/types.ts'
import type { ShapeRefusal } from '../define-layer.ts'
import { batchedChannelAxis } from './channels.ts'
import { onlyShape, onlyTensor } from './context.ts'
import { dropped, dropping, type NoiseSource, rateField } from './noise.ts'

/** What is dropped from, by number of spatial axes. */
const samples = {
  1: { rank: 2, expected: 'expects a sequence of 2 axes (steps × features)', what: 'features' },
  2: { rank: 3, expected: 'expects an image of 3 axes (channels × height × width)', what: 'channels' },
  3: {
    rank: 4,
    expected: 'expects a volume of 4 axes (channels × depth × height × width)',
    what: 'channels',
  },
} as const

interface SpatialContext extends NoiseSource {
  readonly inputs: readonly TensorValue[]
  readonly parameters: { readonly rate: number }
  readonly training: boolean
}

/** Parts of a layer that drops whole channels: all points of a channel, or all steps of a feature, at once. */
export function spatialDropout(dimensions: 1 | 2 | 3) {
  const { rank, expected, what } = samples[dimensions]
  return {
    ...dropping,
    parameters: { rate: rateField(`The share of ${what} that is set to zero.`) },
    inferShape: ({ inputs }: { readonly inputs: readonly Shape[] }): Shape | ShapeRefusal => {
      const shape = onlyShape({ inputs })
      if (shape.length === rank) return shape
      return { code: 'shape.rank', expected, hint: 'Use Dropout, which takes any shape.' }
    },
    lower: (context: SpatialContext): TensorValue => {
      const x = onlyTensor(context)
      const { rate } = context.parameters
      if (!context.training || rate === 0) return x
      const channels = batchedChannelAxis(x)
      const noiseShape = x.shape.map((size, axis) => (axis === 0 || axis === channels ? size : 1))
      return dropped(context, x, noiseShape, rate)
    },
  } as const
}
