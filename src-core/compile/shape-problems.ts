import type { ShapeAdvice, ShapeRefusal } from '../layers/define-layer.ts'
import { type Problem, problem } from '../problems.ts'
import { formatShape } from '../shapes/format-shape.ts'
import type { Shape } from '../tensor-graph/types.ts'
import type { Drawing, DrawnLayer, Wire } from './drawing.ts'
import { remedyFix } from './fixes.ts'

/** One of the shapes that reach a layer, and the wire it comes through. */
export interface ArrivingShape {
  readonly wire: Wire
  readonly shape: Shape
}

/** "dense_1 expects …, but conv2d_2 gives 32 × 5 × 5." */
export function refusalProblem(
  drawing: Drawing,
  layer: DrawnLayer,
  refusal: ShapeRefusal,
  arriving: readonly ArrivingShape[],
): Problem {
  const given = arriving.map(({ wire, shape }) => `${wire.source.node.name} gives ${formatShape(shape)}`)
  const but = refusal.ownFault || given.length === 0 ? '' : `, but ${joinWithAnd(given)}`
  return problem(refusal.code, `${layer.node.name} ${refusal.expected}${but}.`, {
    ...(refusal.hint === undefined ? {} : { hint: refusal.hint }),
    ...(refusal.parameter === undefined ? {} : { parameter: refusal.parameter }),
    ...location(layer),
    ...(refusal.remedy ? remedyFix(drawing, layer, refusal.remedy) : {}),
    ...(refusal.fix ? { fix: refusal.fix } : {}),
  })
}

export function adviceProblem(drawing: Drawing, layer: DrawnLayer, advice: ShapeAdvice): Problem {
  return problem(advice.code, `${layer.node.name} ${advice.message}.`, {
    severity: 'warning',
    ...(advice.hint === undefined ? {} : { hint: advice.hint }),
    ...location(layer),
    ...(advice.remedy ? remedyFix(drawing, layer, advice.remedy) : {}),
  })
}

function location(layer: DrawnLayer): { layerId: string; port?: string } {
  const port = layer.definition?.inputs[0]?.name
  return port === undefined ? { layerId: layer.node.id } : { layerId: layer.node.id, port }
}

function joinWithAnd(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
