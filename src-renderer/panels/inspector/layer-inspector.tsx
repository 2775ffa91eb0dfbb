import { MousePointerClick } from 'lucide-react'
import { blockOfKind } from '../../../src-core/document/blocks/block-kinds.ts'
import { layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { useProject } from '../../state/project-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { BlockSection } from './block-section.tsx'
import { LayerActions } from './layer-actions.tsx'
import { LayerConnections } from './layer-connections.tsx'
import { LayerFacts } from './layer-facts.tsx'
import { LayerHeader } from './layer-header.tsx'
import { LayerProblems } from './layer-problems.tsx'
import { LayerTrainingForm } from './layer-training.tsx'
import { NoteInspector } from './note-inspector.tsx'
import { ParameterForm } from './parameter-form.tsx'
import { SeveralLayers } from './several-layers.tsx'
import { WireInspector } from './wire-inspector.tsx'

/** The selected layer; or the selected note or wire, or what can be done with several layers. */
export function LayerInspector() {
  const selected = useProject((state) => state.selectedLayers)
  const wires = useProject((state) => state.selectedConnections)
  const notes = useProject((state) => state.selectedNotes)
  const [only] = selected
  const layer = useProject((state) => state.drawing?.layers.find((candidate) => candidate.id === only))
  if (selected.size > 1) return <SeveralLayers count={selected.size} />
  if (layer) return <OneLayer key={layer.id} layer={layer} />
  const [noteId] = notes
  if (noteId !== undefined) return <NoteInspector key={noteId} noteId={noteId} />
  const [wire] = wires
  if (wire !== undefined && wires.size === 1) return <WireInspector connectionId={wire} />
  return (
    <EmptyState icon={MousePointerClick} title={t('Nothing selected')}>
      {t('Select a layer on the canvas to see its shapes and change its parameters.')}
    </EmptyState>
  )
}

function OneLayer({ layer }: { readonly layer: LayerNode }) {
  const document = useProject((state) => state.drawing)
  const definition = document ? layerFace(document, layer.kind) : undefined
  const block = document ? blockOfKind(document, layer.kind) : undefined
  return (
    <>
      <LayerHeader layer={layer} definition={definition} block={block} />
      <LayerActions layer={layer} />
      <BlockSection layer={layer} />
      <LayerProblems layerId={layer.id} />
      {definition && <ParameterForm layer={layer} definition={definition} />}
      {definition && <LayerTrainingForm layer={layer} />}
      {definition && <LayerConnections layer={layer} definition={definition} />}
      <LayerFacts layer={layer} definition={layerDefinition(layer.kind)} />
    </>
  )
}
