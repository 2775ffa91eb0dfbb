import { X } from 'lucide-react'
import { type LayerFace, layerFace } from '../../../src-core/document/blocks/layer-face.ts'
import type { Connection, LayerNode } from '../../../src-core/document/model-document.ts'
import { t } from '../../../src-core/language/t.ts'
import type { PortDefinition } from '../../../src-core/layers/define-layer.ts'
import { checkConnection, connectEdit, descendants, type Ends } from '../../canvas/connection-rules.ts'
import { canvas } from '../../state/canvas-handle.ts'
import { dispatch, useProject } from '../../state/project-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Section } from '../../ui/panel.tsx'
import { Select } from '../../ui/select.tsx'
import { portLabel } from './face-words.ts'

interface LayerConnectionsProps {
  readonly layer: LayerNode
  readonly definition: LayerFace
}

/** What feeds a layer and what it feeds: the wires in words, to be changed without a mouse. */
export function LayerConnections({ layer, definition }: LayerConnectionsProps) {
  const connections = useProject((state) => state.drawing?.connections) ?? []
  const outgoing = connections.filter((wire) => wire.source === layer.id)
  return (
    <Section title={t('Wires')}>
      {definition.inputs.map((port) => (
        <PortWires
          key={port.name}
          layer={layer}
          port={port}
          wires={connections.filter((wire) => wire.target === layer.id && wire.targetPort === port.name)}
        />
      ))}
      {outgoing.length > 0 && (
        <div className="wires">
          <span className="wires__label">{t('To')}</span>
          <ul className="wires__list">
            {outgoing.map((wire) => (
              <WireRow key={wire.id} wire={wire} otherId={wire.target} />
            ))}
          </ul>
        </div>
      )}
    </Section>
  )
}

interface PortWiresProps {
  readonly layer: LayerNode
  readonly port: PortDefinition
  readonly wires: readonly Connection[]
}

function PortWires({ layer, port, wires }: PortWiresProps) {
  return (
    <div className="wires">
      <span className="wires__label">{t('From')}</span>
      <ul className="wires__list">
        {wires.map((wire) => (
          <WireRow key={wire.id} wire={wire} otherId={wire.source} />
        ))}
        {(port.many || wires.length === 0) && (
          <li>
            <ConnectFrom layer={layer} port={port} />
          </li>
        )}
      </ul>
    </div>
  )
}

function WireRow({ wire, otherId }: { readonly wire: Connection; readonly otherId: string }) {
  const name = useProject((state) => state.drawing?.layers.find((layer) => layer.id === otherId)?.name)
  return (
    <li className="wires__row">
      <button type="button" className="wires__name truncate" onClick={() => canvas()?.focusLayer(otherId)}>
        {name ?? t('a layer that is gone')}
      </button>
      <IconButton
        size="small"
        label={removalText(wire.source === otherId, name ?? t('nowhere'))}
        icon={X}
        onClick={() => dispatch({ type: 'disconnect', connectionId: wire.id })}
      />
    </li>
  )
}

function removalText(isSource: boolean, layer: string): string {
  return isSource
    ? t('Remove the wire from {{layer}}', { layer })
    : t('Remove the wire to {{layer}}', { layer })
}

/** Layers that may feed the port, to choose from. */
function ConnectFrom({ layer, port }: { readonly layer: LayerNode; readonly port: PortDefinition }) {
  const document = useProject((state) => state.drawing)
  if (!document) return null
  // Whatever this layer leads to would close a circle; asking for each would walk the graph each time.
  const behind = descendants(document, layer.id)
  const candidates = document.layers.flatMap((source): { ends: Ends; name: string }[] => {
    const output = layerFace(document, source.kind)?.outputs[0]
    if (!output || behind.has(source.id)) return []
    const ends = {
      source: source.id,
      sourcePort: output.name,
      target: layer.id,
      targetPort: port.name,
    }
    return [{ ends, name: source.name }]
  })
  if (candidates.length === 0)
    return <span className="inspector__text">{t('No layer can be connected here yet.')}</span>
  const choose = (source: string) => {
    const ends = candidates.find((candidate) => candidate.ends.source === source)?.ends
    if (!ends || !checkConnection(document, ends).ok) return
    const edit = connectEdit(document, ends)
    if (edit) dispatch(edit)
  }
  return (
    <Select
      name={t('Connect {{port}} from', { port: portLabel(layer.kind, port) })}
      value={undefined}
      placeholder={t('Connect from…')}
      options={candidates.map(({ ends, name }) => ({ value: ends.source, label: name }))}
      onChange={choose}
    />
  )
}
