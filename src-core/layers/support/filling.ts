import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import { choice, real } from '../parameter-fields.ts'
import { affine } from './augmentation.ts'

export const fillModes = ['constant', 'reflect', 'nearest', 'wrap'] as const

export const fillFields = {
  fillMode: choice({
    label: 'Fill mode',
    description:
      'What stands beyond the edges. constant: the fill value. reflect: the picture mirrored (d c b a | a b c d | d c b a). nearest: its border pixels. wrap: the picture again.',
    default: 'reflect',
    choices: fillModes,
    advanced: true,
  }),
  fillValue: real({
    label: 'Fill value',
    description: 'The value beyond the edges where the fill mode is constant.',
    default: 0,
    min: -1000,
    max: 1000,
    step: 0.1,
    advanced: true,
  }),
} as const

export const interpolationField = choice({
  label: 'Interpolation',
  description: 'bilinear blends the four nearest pixels; nearest takes one, which keeps values as they are.',
  default: 'bilinear',
  choices: ['bilinear', 'nearest'],
  advanced: true,
})

/** How a sampler reads between pixels and beyond the edges. */
export interface Filling {
  readonly fillMode: (typeof fillModes)[number]
  readonly fillValue: number
  readonly interpolation: 'bilinear' | 'nearest'
}

/** Which of `size` pixels stands at a whole position beyond the edges; not for fill mode constant. */
export function filledPosition(position: number, size: number, fillMode: Filling['fillMode']): number {
  if (fillMode === 'nearest') return Math.min(Math.max(position, 0), size - 1)
  const period = fillMode === 'reflect' ? 2 * size : size
  const folded = ((position % period) + period) % period
  return folded < size ? folded : period - 1 - folded
}

/** Runs a sampler that takes everything beyond the edges as 0 on pictures whose surroundings are the fill value. */
export function withFillValue(
  builder: GraphBuilder,
  x: TensorValue,
  { fillMode, fillValue }: Filling,
  sample: (x: TensorValue) => TensorValue,
): TensorValue {
  if (fillMode !== 'constant') return sample(x)
  return affine(builder, sample(affine(builder, x, 1, -fillValue)), 1, fillValue)
}
