import { useEffect, useMemo } from 'react'
import type { LayerFace } from '../../src-core/document/blocks/layer-face.ts'
import { allLayerDefinitions } from '../../src-core/layers/catalogue.ts'
import { useBlockLibrary } from '../state/block-library-store.ts'
import { useProject } from '../state/project-store.ts'
import { offeredBlocks } from './block-actions.ts'
import { keptPrototype, readyPrototypes } from './block-prototypes.ts'

/** What can be added to what is shown, by where it comes from. */
export interface OfferedGroups {
  /** The blocks of the drawing, and inside of a block its ports. */
  readonly drawn: readonly LayerFace[]
  /** The blocks that the person keeps. */
  readonly kept: readonly LayerFace[]
  /** The blocks that come with the program. */
  readonly ready: readonly LayerFace[]
  readonly catalogue: readonly LayerFace[]
}

const ready = readyPrototypes.map(({ face }) => face)
/** Inside of a block what comes in and goes out are its ports. */
const insideBlocks = allLayerDefinitions.filter(({ kind }) => kind !== 'input' && kind !== 'output')

/** Everything that can be added to what is shown: the drawing's own blocks first. */
export function useOffered(): readonly LayerFace[] {
  const { drawn, kept, ready: blocks, catalogue } = useOfferedGroups()
  return useMemo(() => [...drawn, ...kept, ...catalogue, ...blocks], [drawn, kept, catalogue, blocks])
}

export function useOfferedGroups(): OfferedGroups {
  const saved = useBlockLibrary((state) => state.saved)
  const projectId = useProject((state) => state.project?.id)
  const inside = useProject((state) => state.entered.length > 0)
  const drawn = useOfferedBlocks()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another window may have kept one meanwhile
  useEffect(() => {
    void useBlockLibrary.getState().refresh()
  }, [projectId])
  const kept = useMemo(() => saved.map((block) => keptPrototype(block).face), [saved])
  return { drawn, kept, ready, catalogue: inside ? insideBlocks : allLayerDefinitions }
}

function useOfferedBlocks(): readonly LayerFace[] {
  const blocks = useProject((state) => state.document?.blocks)
  const shown = useProject((state) => state.entered.at(-1)?.block.id)
  return useMemo(() => {
    const { document } = useProject.getState()
    return document && (blocks || shown !== undefined) ? offeredBlocks(document, shown) : []
  }, [blocks, shown])
}
