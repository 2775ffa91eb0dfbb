import { z } from 'zod'
import { median } from '../statistics.ts'

const eventSchema = z.object({
  name: z.string(),
  cat: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number(),
  dur: z.number().optional(),
})
type TraceEvent = z.output<typeof eventSchema>

/** What a page did between two of its marks. Milliseconds. */
export interface FrameFigures {
  readonly frames: number
  readonly scriptMedian: number
  /** 95 of 100 frames took no longer. */
  readonly script95: number
  readonly scriptTotal: number
  /** From the first mark to the second. */
  readonly duration: number
  /** Frames of a 60 Hz screen for which nothing new was ready. */
  readonly dropped: number
}

/** Names of Chromium's trace events that stand for scripts at work. */
const scripts = new Set([
  'FunctionCall',
  'EvaluateScript',
  'v8.callFunction',
  'RunMicrotasks',
  'FireAnimationFrame',
  'TimerFire',
  'EventDispatch',
])

const framePeriod = 1000 / 60

/** Marks that a page sets by performance.mark: one per frame, and one where a measurement begins and ends. */
export const frameMark = 'bench:frame'

/** Reads a trace of Chromium (contentTracing): figures of one measurement, whose marks are `begin:<name>` and `end:<name>`. */
export function readTrace(text: string, name: string): FrameFigures {
  const { traceEvents } = z.object({ traceEvents: z.array(z.unknown()) }).parse(JSON.parse(text))
  const events = traceEvents.flatMap((event) => {
    const parsed = eventSchema.safeParse(event)
    return parsed.success ? [parsed.data] : []
  })
  const begin = markOf(events, `begin:${name}`)
  const end = markOf(events, `end:${name}`)
  const own = events.filter(({ pid, tid }) => pid === begin.pid && tid === begin.tid)
  const frames = own
    .filter(({ name: mark, ts }) => mark === frameMark && ts >= begin.ts && ts <= end.ts)
    .map(({ ts }) => ts)
  const busy = union(own.filter(({ name: kind, dur }) => scripts.has(kind) && dur !== undefined))
  const edges = [begin.ts, ...frames, end.ts].sort((a, b) => a - b)
  const perFrame = edges.slice(1).map((to, index) => overlap(busy, edges[index] ?? to, to) / 1000)
  const lengths = edges.slice(1).map((to, index) => (to - (edges[index] ?? to)) / 1000)
  return {
    frames: frames.length,
    scriptMedian: median(perFrame),
    script95: quantile(perFrame, 0.95),
    scriptTotal: perFrame.reduce((sum, value) => sum + value, 0),
    duration: (end.ts - begin.ts) / 1000,
    dropped: lengths.reduce((sum, length) => sum + Math.max(0, Math.round(length / framePeriod) - 1), 0),
  }
}

function markOf(events: readonly TraceEvent[], name: string): TraceEvent {
  const found = events.find((event) => event.name === name && event.cat.includes('blink.user_timing'))
  if (!found) throw new Error(`the trace has no mark "${name}"`)
  return found
}

type Interval = readonly [from: number, to: number]

/** Events lie within each other: only what they cover together counts. */
function union(events: readonly TraceEvent[]): Interval[] {
  const sorted = events.map(({ ts, dur = 0 }): Interval => [ts, ts + dur]).sort(([a], [b]) => a - b)
  const joined: Interval[] = []
  for (const [from, to] of sorted) {
    const last = joined.at(-1)
    if (last && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], to)]
    else joined.push([from, to])
  }
  return joined
}

function overlap(intervals: readonly Interval[], from: number, to: number): number {
  return intervals.reduce(
    (sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)),
    0,
  )
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
