import { activationCases } from './activations.ts'
import { coreCases } from './core.ts'
import type { LayerCases } from './layer-case.ts'
import { mathematicsCases } from './mathematics.ts'
import { mergeCases } from './merges.ts'
import { normalizationCases } from './normalizations.ts'
import { regularizationCases } from './regularizations.ts'

/** Every comparison of a layer with Python, by name. */
export const layerCases: LayerCases = {
  ...coreCases,
  ...activationCases,
  ...normalizationCases,
  ...regularizationCases,
  ...mergeCases,
  ...mathematicsCases,
}
