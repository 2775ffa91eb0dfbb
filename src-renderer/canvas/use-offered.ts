import { useMemo } from 'react'
import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import { allLayerDefinitions } from '../../src-core/layers/catalogue.ts'
import { useProject } from '../state/project-store.ts'
import { offeredBlocks } from './block-actions.ts'

/** Everything that can be added to what is shown: the drawing's own blocks first, then the catalogue. */
export function useOffered(): readonly LayerFace[] {
  const blocks = useOfferedBlocks()
  return useMemo(() => [...blocks, ...allLayerDefinitions], [blocks])
}

/** The blocks of the drawing, and inside of a block its ports. */
export function useOfferedBlocks(): readonly LayerFace[] {
  const blocks = useProject((state) => state.document?.blocks)
  const shown = useProject((state) => state.entered.at(-1)?.block.id)
  return useMemo(() => {
    const { document } = useProject.getState()
    return document && (blocks || shown !== undefined) ? offeredBlocks(document, shown) : []
  }, [blocks, shown])
}
