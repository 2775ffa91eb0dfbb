import { augmentationCases } from './augmentation.ts'
import { coreCases } from './core.ts'
import type { LayerCases } from './layer-case.ts'
import { preprocessingCases } from './preprocessing.ts'

/** Every comparison of a layer with Python, by name. */
export const layerCases: LayerCases = {
  ...coreCases,
  ...augmentationCases,
  ...preprocessingCases,
}
