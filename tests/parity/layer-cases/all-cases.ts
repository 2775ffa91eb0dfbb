import { activationCases } from './activations.ts'
import { attentionCases } from './attention.ts'
import { augmentationCases } from './augmentation.ts'
import { blockCases } from './blocks.ts'
import { colourCases } from './colours.ts'
import { convolutionCases } from './convolution.ts'
import { coreCases } from './core.ts'
import { embeddingCases } from './embedding.ts'
import type { LayerCases } from './layer-case.ts'
import { mathematicsCases } from './mathematics.ts'
import { mergeCases } from './merges.ts'
import { normalizationCases } from './normalizations.ts'
import { poolingCases } from './pooling.ts'
import { preprocessingCases } from './preprocessing.ts'
import { recurrentCases } from './recurrent.ts'
import { regularizationCases } from './regularizations.ts'
import { shapeCases } from './shape.ts'
import { volumeCases } from './volume.ts'

/** Every comparison of a layer with Python, by name. */
export const layerCases: LayerCases = {
  ...coreCases,
  ...recurrentCases,
  ...embeddingCases,
  ...attentionCases,
  ...augmentationCases,
  ...colourCases,
  ...preprocessingCases,
  ...convolutionCases,
  ...volumeCases,
  ...poolingCases,
  ...shapeCases,
  ...activationCases,
  ...normalizationCases,
  ...regularizationCases,
  ...mergeCases,
  ...blockCases,
  ...mathematicsCases,
}
