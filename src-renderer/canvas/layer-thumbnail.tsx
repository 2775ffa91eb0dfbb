import { usePreview } from '../state/preview-store.ts'
import { useUi } from '../state/ui-store.ts'
import { PlanesImage } from '../ui/planes-image.tsx'
import './layer-thumbnail.css'

/** What a layer makes of the previewed sample, small, on its card; nothing while that is not known. Decorative. */
export function LayerThumbnail({ layerId }: { readonly layerId: string }) {
  const shown = useUi((state) => state.thumbnails)
  const planes = usePreview((state) => state.thumbnails[layerId])
  if (!shown || !planes) return null
  const isStrip = planes.kind === 'heatMap' && planes.height === 1
  return (
    <PlanesImage
      planes={planes}
      className={isStrip ? 'layer-thumbnail layer-thumbnail--strip' : 'layer-thumbnail'}
    />
  )
}
