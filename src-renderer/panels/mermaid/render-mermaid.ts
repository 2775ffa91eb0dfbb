import { t } from '../../../src-core/language/t.ts'
export interface RenderedDiagram {
  readonly svg: SVGSVGElement
  /** As mermaid drew it, in CSS pixels. */
  readonly width: number
  readonly height: number
}

/**
 * Draws Mermaid source with mermaid itself, which is loaded on first use.
 * @throws what mermaid says about a source it cannot read
 */
export async function renderMermaid(
  id: string,
  source: string,
  theme: 'light' | 'dark',
): Promise<RenderedDiagram> {
  const { default: mermaid } = await import('mermaid')
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: theme === 'dark' ? 'dark' : 'default',
    // Its own grey behind the labels of edges is too light for their text in the dark.
    ...(theme === 'dark' && { themeVariables: { edgeLabelBackground: '#2b2b2b' } }),
    // Named, not inherited: mermaid measures its texts outside the panel.
    fontFamily: getComputedStyle(document.body).fontFamily,
    flowchart: { wrappingWidth: 360 },
  })
  const { svg: text } = await mermaid.render(id, source)
  // mermaid has sanitised the text; parsed as a document of its own it cannot run anything either.
  const parsed = new DOMParser().parseFromString(text, 'text/html').querySelector('svg')
  if (!parsed) throw new Error(t('no picture came back'))
  const svg = document.importNode(parsed, true)
  svg.style.maxWidth = 'none'
  const { width, height } = svg.viewBox.baseVal
  return { svg, width, height }
}
