import { z } from 'zod'
import type { ModelDocument } from './model-document.ts'

/** A drawing without its details: enough for a small picture of it. */
export const sketchSchema = z.object({
  layers: z.array(z.object({ kind: z.string(), x: z.number(), y: z.number() })),
  /** Places of layers in the list above. */
  wires: z.array(z.object({ from: z.int(), to: z.int() })),
})
export type Sketch = z.output<typeof sketchSchema>

/** The sketch of a document; wires whose layers are missing are left out. */
export function sketchOf({ layers, connections }: ModelDocument): Sketch {
  const places = new Map(layers.map(({ id }, place) => [id, place]))
  return {
    layers: layers.map(({ kind, position }) => ({ kind, ...position })),
    wires: connections.flatMap(({ source, target }) => {
      const [from, to] = [places.get(source), places.get(target)]
      return from === undefined || to === undefined ? [] : [{ from, to }]
    }),
  }
}
