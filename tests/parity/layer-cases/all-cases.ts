import { blockCases } from './blocks.ts'
import { convolutionCases } from './convolution.ts'
import { coreCases } from './core.ts'
import type { LayerCases } from './layer-case.ts'
import { poolingCases } from './pooling.ts'
import { shapeCases } from './shape.ts'
import { volumeCases } from './volume.ts'

/** Every comparison of a layer with Python, by name. */
export const layerCases: LayerCases = {
  ...coreCases,
  ...convolutionCases,
  ...volumeCases,
  ...poolingCases,
  ...shapeCases,
  ...blockCases,
}
