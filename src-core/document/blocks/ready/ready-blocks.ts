import { dense, inception, projectedResidual, residual, squeezeExcite } from './convolution-blocks.ts'
import type { ReadyBlock } from './ready-block.ts'
import { transformer } from './transformer-block.ts'

/** The blocks that come with the program, in the order they are offered. */
export const readyBlocks: readonly ReadyBlock[] = [
  residual,
  projectedResidual,
  inception,
  dense,
  squeezeExcite,
  transformer,
]
