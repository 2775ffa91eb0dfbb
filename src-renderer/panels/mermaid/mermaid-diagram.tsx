import { useEffect, useId, useRef, useState } from 'react'
import { useTheme } from '../../ui/use-theme.ts'

/** Renders Mermaid source with mermaid itself, which is loaded on first use. */
export function MermaidDiagram({ source }: { readonly source: string }) {
  const id = useId().replaceAll(/[^a-zA-Z0-9]/g, '')
  const holder = useRef<HTMLDivElement>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const theme = useTheme()
  useEffect(() => {
    let current = true
    renderSource(`mermaid-${id}`, source, theme)
      .then((svg) => {
        if (!current || !holder.current) return
        holder.current.replaceChildren(svg)
        setFailure(null)
      })
      .catch(
        (error: unknown) => current && setFailure(error instanceof Error ? error.message : String(error)),
      )
    return () => {
      current = false
    }
  }, [id, source, theme])
  return (
    <div className="mermaid-diagram">
      {failure !== null && <p role="alert">Mermaid could not draw this source: {failure}</p>}
      <div ref={holder} role="img" aria-label="Mermaid diagram of the model" />
    </div>
  )
}

async function renderSource(id: string, source: string, theme: 'light' | 'dark'): Promise<Element> {
  const { default: mermaid } = await import('mermaid')
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: theme === 'dark' ? 'dark' : 'default',
    fontFamily: 'inherit',
  })
  const { svg } = await mermaid.render(id, source)
  // mermaid has sanitised the text; parsed as a document of its own it cannot run anything either.
  const parsed = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg')
  if (!parsed) throw new Error('no picture came back')
  return document.importNode(parsed, true)
}
