import { useMemo } from 'react'
import { blockIdOf } from '../../../src-core/document/blocks/block-kinds.ts'
import type { Sketch } from '../../../src-core/document/sketch.ts'
import { layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { classNames } from '../../ui/class-names.ts'
import { foldSketch } from './fold-sketch.ts'
import './sketch-picture.css'

interface SketchPictureProps {
  /** Without one, an empty place of the same size. */
  readonly sketch: Sketch | undefined
  readonly small?: boolean
}

/** A small picture of a drawing: its layers, coloured by category, with its wires. Decorative. */
export function SketchPicture({ sketch, small = false }: SketchPictureProps) {
  const folded = useMemo(
    () => (sketch && sketch.layers.length > 0 ? foldSketch(sketch) : undefined),
    [sketch],
  )
  const className = classNames('sketch', small && 'sketch--small')
  if (!folded) return <div className={className} aria-hidden />
  return (
    <svg className={className} viewBox={folded.viewBox} aria-hidden="true">
      {folded.lines.map((line) => (
        <line key={Object.values(line).join()} className="sketch__wire" {...line} />
      ))}
      {folded.boxes.map(({ kind, ...box }) => (
        <rect key={`${box.x},${box.y}`} {...box} rx="14" fill={categoryColour(kind)} />
      ))}
    </svg>
  )
}

function categoryColour(kind: string): string {
  const category = blockIdOf(kind) === undefined ? (layerDefinition(kind)?.category ?? 'Core') : 'Block'
  return `var(--category-${category.toLowerCase().replaceAll(' ', '-')})`
}
