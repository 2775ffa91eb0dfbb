import { Pin } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import { Handle, type NodeProps } from 'reactflow'
import { blockIdOf, repeatsOf } from '../../src-core/document/blocks/block-kinds.ts'
import type { FlowDirection } from '../../src-core/document/canvas-part.ts'
import { isBypassed, isPinned } from '../../src-core/document/layer-edits.ts'
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
  // A block is called like its first layer until it gets a name of its own.
  const about = [
    blockIdOf(layer.kind) !== undefined && label === layer.name ? 'Block' : label,
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
      {!far && <Ports ports={definition?.inputs ?? []} side="target" direction={direction} />}
      <div className="layer-card__body">
        <div className="layer-card__header">
          <Icon size={15} aria-hidden style={{ color: look.colour }} />
          <span className="layer-card__name truncate" title={layer.name}>
            {layer.name}
          </span>
          {repeatsOf(layer) > 1 && (
            <span className="layer-card__tag" title={`${repeatsOf(layer)} times in a row`}>
              × {repeatsOf(layer)}
            </span>
          )}
          {bypassed && <span className="layer-card__tag">bypassed</span>}
          {isPinned(layer) && (
            <Pin className="layer-card__pin" size={14} role="img" aria-label="pinned">
              <title>Pinned: arranging the drawing leaves it here</title>
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
      {!far && <Ports ports={definition?.outputs ?? []} side="source" direction={direction} />}
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
      <span className="truncate">{view?.outputShape ? formatShape(view.outputShape) : 'shape unknown'}</span>
      {count > 0 && (
        <span className="layer-card__count" title={`${formatCount(count)} parameters`}>
          {formatShort(count)} params
        </span>
      )}
    </div>
  )
}

interface PortsProps {
  readonly ports: readonly PortDefinition[]
  readonly side: 'source' | 'target'
  readonly direction: FlowDirection
}

function Ports({ ports, side, direction }: PortsProps) {
  const position = portSide(side, direction)
  const along = direction === 'right' ? 'top' : 'left'
  return ports.map((port, index) => {
    const style: CSSProperties = { [along]: `${portShare(index, ports.length) * 100}%` }
    const what = side === 'source' ? 'Output' : port.many ? 'Input for several wires' : 'Input'
    return (
      <Handle
        key={port.name}
        id={port.name}
        type={side}
        position={position}
        className={classNames('port', port.many && 'port--many', direction === 'right' && 'port--beside')}
        style={style}
        title={ports.length > 1 ? `${what}: ${port.label}` : what}
      />
    )
  })
}
