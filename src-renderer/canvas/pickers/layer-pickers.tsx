import { useCallback } from 'react'
import type { LayerNode } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import { allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { canvas } from '../../state/canvas-handle.ts'
import { closePicker, pointAt, type WindowPoint } from '../../state/picker-store.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { OptionList } from '../../ui/option-list.tsx'
import { connectLayers, targetsOf } from '../connect-actions.ts'
import { replaceLayer } from '../layer-actions.ts'
import { canReplace } from '../replace-layer.ts'
import { KindList } from './add-picker.tsx'
import { layerOptions } from './layer-options.ts'
import { PickerPopover } from './picker-popover.tsx'

interface LayerPickerProps {
  readonly layerId: string
}

/** Kinds that could stand in the layer's place and keep its wires. */
export function ReplacePicker({ layerId }: LayerPickerProps) {
  const document = useProject((state) => state.drawing)
  const layer = document?.layers.find(({ id }) => id === layerId)
  if (!document || !layer) return null
  const label = t('Replace {{name}} by', { name: layer.name })
  return (
    <PickerPopover label={label} at={beside(layerId)}>
      <KindList
        label={label}
        definitions={allLayerDefinitions.filter((definition) => canReplace(document, layer, definition))}
        onChoose={(kind) => replaceLayer(layerId, kind)}
      />
    </PickerPopover>
  )
}

/** Layers that a wire from this one may lead to; the one the list stands at is marked on the canvas. */
export function ConnectPicker({ layerId }: LayerPickerProps) {
  const document = useProject((state) => state.drawing)
  const layer = document?.layers.find(({ id }) => id === layerId)
  if (!document || !layer) return null
  const label = t('Connect {{name}} to', { name: layer.name })
  return (
    <PickerPopover label={label} at={beside(layerId)}>
      <LayerList
        label={label}
        layers={targetsOf(document, layerId)}
        empty={t('There is no layer that it could be connected to.')}
        onChoose={(target) => connectLayers(layerId, target)}
      />
    </PickerPopover>
  )
}

/** The wires at a layer; the chosen one is removed. */
export function DisconnectPicker({ layerId }: LayerPickerProps) {
  const document = useProject((state) => state.drawing)
  const layer = document?.layers.find(({ id }) => id === layerId)
  const nameOf = (id: string) =>
    document?.layers.find((candidate) => candidate.id === id)?.name ?? t('nowhere')
  const wires = document?.connections.filter(({ source, target }) => source === layerId || target === layerId)
  const options = (wires ?? []).map((wire) => ({
    id: wire.id,
    label:
      wire.target === layerId
        ? t('from {{name}}', { name: nameOf(wire.source) })
        : t('to {{name}}', { name: nameOf(wire.target) }),
    other: wire.target === layerId ? wire.source : wire.target,
  }))
  const search = (query: string) => options.filter(({ label }) => label.includes(query.trim()))
  if (!layer) return null
  const label = t('Remove a wire of {{name}}', { name: layer.name })
  return (
    <PickerPopover label={label} at={beside(layerId)}>
      <OptionList
        label={label}
        placeholder={t('Which wire?')}
        search={search}
        onActive={(id) => pointAt(options.find((option) => option.id === id)?.other)}
        onChoose={(connectionId) => {
          dispatch({ type: 'disconnect', connectionId })
          closePicker()
        }}
        empty={() => t('No wire matches.')}
      />
    </PickerPopover>
  )
}

interface LayerListProps {
  readonly label: string
  readonly layers: readonly LayerNode[]
  readonly empty: string
  readonly onChoose: (layerId: string) => void
}

function LayerList({ label, layers, empty, onChoose }: LayerListProps) {
  const search = useCallback((query: string) => layerOptions(layers, query), [layers])
  const onActive = useCallback((id: string | undefined) => {
    pointAt(id)
    if (id !== undefined) canvas()?.reveal(id)
  }, [])
  return (
    <OptionList
      label={label}
      placeholder={t('Which layer?')}
      search={search}
      onActive={onActive}
      onChoose={(id) => {
        onChoose(id)
        closePicker()
      }}
      empty={(query) => (query.trim() === '' ? empty : t('No such layer matches “{{query}}”.', { query }))}
    />
  )
}

/** The point of the window beside a layer, or the middle of the canvas while the layer is not drawn. */
function beside(layerId: string): WindowPoint {
  return canvas()?.beside(layerId) ?? { x: window.innerWidth / 2, y: window.innerHeight / 3 }
}
