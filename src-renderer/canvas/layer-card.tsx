import { Pin } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import { Handle, type NodeProps } from 'reactflow'
import { blockIdOf, repeatsOf } from '../../src-core/document/blocks/block-kinds.ts'
import type { FlowDirection } from '../../src-core/document/canvas-part.ts'
import { isBypassed, isPinned } from '../../src-core/document/layer-edits.ts'
import { t } from '../../src-core/language/t.ts'
import type { PortDefinition } from '../../src-core/layers/define-layer.ts'
import type { LayerView } from '../state/compile-view.ts'
import { usePicker } from '../state/picker-store.ts'
import { classNames } from '../ui/class-names.ts'
import { formatCount, formatShape, formatShort } from '../ui/format.ts'
import { categoryLook } from './categories.ts'
import { useFarView } from './detail-level.ts'
import type { LayerFlowNode } from './flow-types.ts'
import { keyParameters } from './key-parameters.ts'
import './layer-card.css'
import { LayerThumbnail } from './layer-thumbnail.tsx'
import { portShare, portSide } from './port-places.ts'
import { ProblemBadge } from './problem-badge.tsx'

/** A layer on the canvas: what it is, its key parameters, what it gives, what is wrong with it. */
export const LayerCard = memo(Card, looksTheSame)

/** React Flow also tells where the layer is, which changes with every step of a drag and nothing in the card. */
function looksTheSame(one: NodeProps<LayerFlowNode>, other: NodeProps<LayerFlowNode>): boolean {
  return one.id === other.id && one.data === other.data
}

function Card({ id, data }: NodeProps<LayerFlowNode>) {
  const { layer, view, face: definition, direction } = data
  const far = useFarView()
  const pointedAt = usePicker((state) => state.pointedAt === id)
  const bypassed = isBypassed(layer)
  const look = categoryLook(definition?.category)
  const Icon = look.icon
  const label = definition?.label ?? layer.kind
  // Ports of blocks have the names that people gave to layers.
  const nameOf = (port: PortDefinition) => (blockIdOf(layer.kind) === undefined ? t(port.label) : port.label)
  // A block is called like its first layer until it gets a name of its own.
  const about = [
    blockIdOf(layer.kind) !== undefined && label === layer.name ? t('Block') : label,
    ...keyParameters(layer, definition),
  ].join(' · ')
  return (
    <div
      className={classNames(
        'layer-card',
        bypassed && 'layer-card--bypassed',
        pointedAt && 'layer-card--pointed-at',
      )}
      style={cardStyle(look.colour)}
    >
      {!far && <Ports ports={definition?.inputs ?? []} side="target" direction={direction} nameOf={nameOf} />}
      <div className="layer-card__body">
        <div className="layer-card__header">
          <Icon size={15} aria-hidden style={{ color: look.colour }} />
          <span className="layer-card__name truncate" title={layer.name}>
            {layer.name}
          </span>
          {repeatsOf(layer) > 1 && (
            <span
              className="layer-card__tag"
              title={t('{{count, number}} times in a row', { count: repeatsOf(layer) })}
            >
              × {repeatsOf(layer)}
            </span>
          )}
          {bypassed && <span className="layer-card__tag">{t('bypassed')}</span>}
          {isPinned(layer) && (
            <Pin className="layer-card__pin" size={14} role="img" aria-label={t('pinned')}>
              <title>{t('Pinned: arranging the drawing leaves it here')}</title>
            </Pin>
          )}
        </div>
        <div className="layer-card__parameters truncate" title={about}>
          {about}
        </div>
        <Footer view={view} />
      </div>
      {!far && <LayerThumbnail layerId={id} />}
      <ProblemBadge layerId={id} layerName={layer.name} problems={view?.problems} />
      {!far && (
        <Ports ports={definition?.outputs ?? []} side="source" direction={direction} nameOf={nameOf} />
      )}
    </div>
  )
}

/** The style sheet colours the card by this variable. */
function cardStyle(colour: string): CSSProperties {
  const style: CSSProperties & Record<'--category', string> = { '--category': colour }
  return style
}

function Footer({ view }: { readonly view: LayerView | undefined }) {
  const count = view?.parameterCount ?? 0
  return (
    <div className="layer-card__footer numeric">
      <span className="truncate">
        {view?.outputShape ? formatShape(view.outputShape) : t('shape unknown')}
      </span>
      {count > 0 && (
        <span
          className="layer-card__count"
          title={t('{{parameters}} parameters', { parameters: formatCount(count) })}
        >
          {t('{{parameters}} params', { parameters: formatShort(count) })}
        </span>
      )}
    </div>
  )
}

interface PortsProps {
  readonly ports: readonly PortDefinition[]
  readonly side: 'source' | 'target'
  readonly direction: FlowDirection
  readonly nameOf: (port: PortDefinition) => string
}

function Ports({ ports, side, direction, nameOf }: PortsProps) {
  const position = portSide(side, direction)
  const along = direction === 'right' ? 'top' : 'left'
  return ports.map((port, index) => {
    const style: CSSProperties = { [along]: `${portShare(index, ports.length) * 100}%` }
    return (
      <Handle
        key={port.name}
        id={port.name}
        type={side}
        position={position}
        className={classNames('port', port.many && 'port--many', direction === 'right' && 'port--beside')}
        style={style}
        title={portTitle(side, port, ports.length > 1 ? nameOf(port) : undefined)}
      />
    )
  })
}

function portTitle(side: 'source' | 'target', port: PortDefinition, name: string | undefined): string {
  if (name === undefined) {
    return t(side === 'source' ? 'Output' : port.many ? 'Input for several wires' : 'Input')
  }
  if (side === 'source') return t('Output: {{name}}', { name })
  return port.many ? t('Input for several wires: {{name}}', { name }) : t('Input: {{name}}', { name })
}
