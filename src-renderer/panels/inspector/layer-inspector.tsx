import { Copy, MousePointerClick, Trash2 } from 'lucide-react'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { deleteSelection, duplicateSelection } from '../../canvas/selection-actions.ts'
import { useProject } from '../../state/project-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Section } from '../../ui/panel.tsx'
import { LayerConnections } from './layer-connections.tsx'
import { LayerFacts } from './layer-facts.tsx'
import { LayerHeader } from './layer-header.tsx'
import { LayerProblems } from './layer-problems.tsx'
import { LayerTrainingForm } from './layer-training.tsx'
import { ParameterForm } from './parameter-form.tsx'
import { WireInspector } from './wire-inspector.tsx'

/** The selected layer; or the selected wire, or what can be done with several layers. */
export function LayerInspector() {
  const selected = useProject((state) => state.selectedLayers)
  const wires = useProject((state) => state.selectedConnections)
  const [only] = selected
  const layer = useProject((state) => state.document?.layers.find((candidate) => candidate.id === only))
  if (selected.size > 1) return <SeveralLayers count={selected.size} />
  if (layer) return <OneLayer key={layer.id} layer={layer} />
  const [wire] = wires
  if (wire !== undefined && wires.size === 1) return <WireInspector connectionId={wire} />
  return (
    <EmptyState icon={MousePointerClick} title="Nothing selected">
      Select a layer on the canvas to see its shapes and change its parameters.
    </EmptyState>
  )
}

function OneLayer({ layer }: { readonly layer: LayerNode }) {
  const definition = layerDefinition(layer.kind)
  return (
    <>
      <LayerHeader layer={layer} definition={definition} />
      <LayerProblems layerId={layer.id} />
      {definition && <ParameterForm layer={layer} definition={definition} />}
      {definition && <LayerTrainingForm layer={layer} />}
      {definition && <LayerConnections layer={layer} definition={definition} />}
      <LayerFacts layer={layer} definition={definition} />
    </>
  )
}

function SeveralLayers({ count }: { readonly count: number }) {
  return (
    <Section title={`${count} layers selected`}>
      <p className="inspector__text">Drag or use the arrow keys to move them together.</p>
      <div className="inspector__buttons">
        <Button size="small" icon={Copy} onClick={duplicateSelection}>
          Duplicate
        </Button>
        <Button size="small" icon={Trash2} onClick={deleteSelection}>
          Delete
        </Button>
      </div>
    </Section>
  )
}
