import { builtinEnvironments } from 'vitest/runtime'

export interface ReadChart {
  readonly vertices: readonly { readonly id: string; readonly text: string }[]
  readonly edges: readonly { readonly start: string; readonly end: string; readonly text: string }[]
}

interface FlowDatabase {
  getVertices(): ReadonlyMap<string, { readonly id: string; readonly text?: string }>
  getEdges(): readonly { readonly start: string; readonly end: string; readonly text: string }[]
}

function isFlowDatabase(database: unknown): database is FlowDatabase {
  return typeof database === 'object' && database !== null && 'getVertices' in database
}

/** What mermaid itself reads in a text; throws where mermaid does. */
export async function readByMermaid(text: string): Promise<ReadChart> {
  // Mermaid cleans texts with the page it runs in. The process of the end-to-end tests has none but this.
  const page = await builtinEnvironments.jsdom.setup(globalThis, {})
  try {
    return await read(text)
  } finally {
    await page.teardown(globalThis)
  }
}

async function read(text: string): Promise<ReadChart> {
  const { default: mermaid } = await import('mermaid')
  await mermaid.parse(text)
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text)
  if (!isFlowDatabase(db)) throw new Error('mermaid read no flowchart')
  return {
    vertices: [...db.getVertices().values()].map(({ id, text: label }) => ({ id, text: label ?? '' })),
    edges: db.getEdges().map(({ start, end, text: label }) => ({ start, end, text: label })),
  }
}
