import type { Drawing, DrawnLayer, Wire } from './drawing.ts'

export interface ExecutionOrder {
  /** Every layer, each after all it depends on (wires that close a cycle aside). */
  readonly layers: readonly DrawnLayer[]
  /** One entry per cycle: its wires in the direction of the data, the one drawn last at the end. */
  readonly cycles: readonly (readonly Wire[])[]
}

interface Visit {
  readonly layer: DrawnLayer
  /** How many of the incoming wires were followed. */
  followed: number
}

/**
 * Sorts layers so that each comes after its inputs, otherwise in document order: a depth-first walk against the wires.
 * Iterative, because a chain of ten thousand layers must not run out of stack.
 */
export function executionOrder(drawing: Drawing): ExecutionOrder {
  const done: DrawnLayer[] = []
  const cycles: (readonly Wire[])[] = []
  const state = new Map<DrawnLayer, 'open' | 'done'>()
  for (const start of drawing.layers) {
    if (state.has(start)) continue
    const path: Visit[] = [{ layer: start, followed: 0 }]
    state.set(start, 'open')
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const wire = visit.layer.incoming[visit.followed++]
      if (!wire) {
        state.set(visit.layer, 'done')
        done.push(visit.layer)
        path.pop()
      } else if (!state.has(wire.source)) {
        state.set(wire.source, 'open')
        path.push({ layer: wire.source, followed: 0 })
      } else if (state.get(wire.source) === 'open') {
        cycles.push(closedCycle(path, wire))
      }
    }
  }
  return { layers: done, cycles }
}

/** The wires of the cycle that `closing` completes; every visit on the path is about to follow the wire to the next. */
function closedCycle(path: readonly Visit[], closing: Wire): readonly Wire[] {
  const from = path.findIndex((visit) => visit.layer === closing.source)
  const taken = path.slice(from).flatMap((visit) => visit.layer.incoming[visit.followed - 1] ?? [])
  const forward = taken.reverse()
  const last = forward.reduce((newest, wire) => (wire.index > newest.index ? wire : newest))
  const at = forward.indexOf(last)
  return [...forward.slice(at + 1), ...forward.slice(0, at + 1)]
}
