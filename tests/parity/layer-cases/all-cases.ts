import { attentionCases } from './attention.ts'
import { augmentationCases } from './augmentation.ts'
import { coreCases } from './core.ts'
import { embeddingCases } from './embedding.ts'
import type { LayerCases } from './layer-case.ts'
import { recurrentCases } from './recurrent.ts'
import { preprocessingCases } from './preprocessing.ts'

/** Every comparison of a layer with Python, by name. */
export const layerCases: LayerCases = {
  ...coreCases,
  ...recurrentCases,
  ...embeddingCases,
  ...attentionCases,
  ...augmentationCases,
  ...preprocessingCases,
}
