import type { CSSProperties } from 'react'
import { mark, t } from '../../../src-core/language/t.ts'
import type { LayerView, Planes } from '../../../src-core/preview/layer-view.ts'
import { planeColumns } from '../../../src-core/preview/view-sheet.ts'
import { PlanesImage } from '../../ui/planes-image.tsx'

interface PlanesViewProps {
  readonly planes: Planes
  readonly mask: LayerView['mask']
  /** Of what it shows. */
  readonly name: string
}

const names: Readonly<Record<Planes['kind'], string>> = {
  picture: mark('Picture of {{name}}'),
  featureMaps: mark('Feature maps of {{name}}'),
  heatMap: mark('Heat map of {{name}}'),
}

/** A picture, a grid of feature maps or a heat map, as wide as the panel. */
export function PlanesView({ planes, mask, name }: PlanesViewProps) {
  const { kind, height, width, count } = planes
  // A matrix of few columns would be as high as a tower, one of few rows a hair.
  const style: CSSProperties = kind === 'heatMap' ? { height: heatMapHeight(height) } : {}
  const isWide = kind === 'featureMaps' && count > 1 && width <= height * 2
  const columns = isWide ? Math.min(count, Math.max(4, planeColumns(planes))) : undefined
  return (
    <div className="preview-planes" style={style}>
      <PlanesImage
        planes={planes}
        mask={mask}
        className={`preview-planes__image preview-planes__image--${kind}`}
        label={t(names[kind], { name })}
        {...(columns !== undefined && { columns })}
      />
    </div>
  )
}

function heatMapHeight(rows: number): number {
  return Math.max(24, Math.min(260, rows * 8))
}
