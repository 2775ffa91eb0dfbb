import { z } from 'zod'

const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200),
  height: z.int().min(200),
  maximized: z.boolean().default(false),
})
export type WindowBounds = z.output<typeof boundsSchema>

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How much of a remembered window must be on a screen that exists for it to come back there. */
const visibleShare = 0.25

/**
 * Where a window should open: where it was last, when enough of that is still on a screen; else undefined, which
 * leaves the place to the system. `remembered` is whatever the settings hold.
 */
export function restoredBounds(remembered: unknown, screens: readonly Area[]): WindowBounds | undefined {
  const parsed = boundsSchema.safeParse(remembered)
  if (!parsed.success) return undefined
  const bounds = parsed.data
  const visible = Math.max(0, ...screens.map((screen) => overlap(bounds, screen)))
  return visible >= visibleShare * bounds.width * bounds.height ? bounds : undefined
}

function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}
