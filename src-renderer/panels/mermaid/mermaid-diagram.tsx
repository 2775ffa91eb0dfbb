import { Maximize, ZoomIn, ZoomOut } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { t } from '../../../src-core/language/t.ts'
import { IconButton } from '../../ui/button.tsx'
import { useTheme } from '../../ui/use-theme.ts'
import { type RenderedDiagram, renderMermaid } from './render-mermaid.ts'

const zoomStep = 1.25
const zoomRange = [0.1, 4] as const

/** Mermaid source as mermaid itself draws it, to zoom and scroll; at first as large as fits and can be read. */
export function MermaidDiagram({ source }: { readonly source: string }) {
  const { diagram, failure } = useRendered(source)
  const [zoom, setZoom] = useState(1)
  const [holder, setHolder] = useState<HTMLDivElement | null>(null)
  useEffect(() => {
    if (diagram && holder) setZoom(fittingZoom(diagram, holder))
  }, [diagram, holder])
  useEffect(() => {
    if (diagram && holder) holder.replaceChildren(diagram.svg)
  }, [diagram, holder])
  useEffect(() => {
    if (!diagram) return
    diagram.svg.style.width = `${diagram.width * zoom}px`
    diagram.svg.style.height = `${diagram.height * zoom}px`
  }, [diagram, zoom])
  const zoomBy = (factor: number) =>
    setZoom((now) => Math.min(zoomRange[1], Math.max(zoomRange[0], now * factor)))
  return (
    <div className="mermaid-diagram">
      {failure !== null && (
        <p className="mermaid-diagram__failure" role="alert">
          {t('Mermaid could not draw this source: {{reason}}', { reason: failure })}
        </p>
      )}
      <div
        ref={setHolder}
        className="mermaid-diagram__holder"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and arrow keys scroll what has the focus.
        tabIndex={0}
        role="img"
        aria-label={t('Mermaid diagram of the model')}
      />
      <div className="mermaid-diagram__zoom">
        <IconButton size="small" label={t('Zoom out')} icon={ZoomOut} onClick={() => zoomBy(1 / zoomStep)} />
        <span className="numeric">{Math.round(zoom * 100)} %</span>
        <IconButton size="small" label={t('Zoom in')} icon={ZoomIn} onClick={() => zoomBy(zoomStep)} />
        <IconButton
          size="small"
          label={t('Show all of it')}
          icon={Maximize}
          onClick={() => diagram && holder && setZoom(wholeZoom(diagram, holder))}
        />
      </div>
    </div>
  )
}

const padding = 24

/** What can be read without effort; what is larger at this zoom is scrolled. */
const readableZoom = 0.75

/** All of it where that can be read, otherwise as much as is readable; never larger than drawn. */
function fittingZoom(diagram: RenderedDiagram, holder: HTMLElement): number {
  return Math.min(1, Math.max(readableZoom, wholeZoom(diagram, holder)))
}

function wholeZoom({ width, height }: RenderedDiagram, holder: HTMLElement): number {
  const fits = Math.min((holder.clientWidth - padding) / width, (holder.clientHeight - padding) / height)
  return Math.min(zoomRange[1], Math.max(zoomRange[0], fits))
}

function useRendered(source: string) {
  const id = useId().replaceAll(/[^a-zA-Z0-9]/g, '')
  const theme = useTheme()
  const [diagram, setDiagram] = useState<RenderedDiagram | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    renderMermaid(`mermaid-${id}`, source, theme).then(
      (rendered) => {
        if (!current) return
        setDiagram(rendered)
        setFailure(null)
      },
      (error: unknown) => current && setFailure(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      current = false
    }
  }, [id, source, theme])
  return { diagram, failure }
}
