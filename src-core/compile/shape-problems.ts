import type { ShapeAdvice, ShapeRefusal } from '../layers/define-layer.ts'
import { type Fix, type Problem, problem } from '../problems.ts'
import { formatShape } from '../shapes/format-shape.ts'
import type { DrawnLayer } from './drawing.ts'
import { remedyFix } from './fixes.ts'
import { type ArrivingShape, type FixContext, shapeFixes } from './shape-fixes.ts'

/** "dense_1 expects …, but conv2d_2 gives 32 × 5 × 5." */
export function refusalProblem(
  context: FixContext,
  layer: DrawnLayer,
  refusal: ShapeRefusal,
  arriving: readonly ArrivingShape[],
): Problem {
  const { fix: own } = refusal
  const remedy = refusal.remedy && remedyFix(context.drawing, layer, refusal.remedy).fix
  const fixes = [
    own,
    own ? undefined : remedy,
    ...(refusal.ownFault ? [] : shapeFixes(context, layer, arriving)),
  ]
  const given = arriving.map(({ wire, shape }) => `${wire.source.node.name} gives ${formatShape(shape)}`)
  const but = refusal.ownFault || given.length === 0 ? '' : `, but ${joinWithAnd(given)}`
  return problem(refusal.code, `${layer.node.name} ${refusal.expected}${but}.`, {
    ...(refusal.hint === undefined ? {} : { hint: refusal.hint }),
    ...(refusal.parameter === undefined ? {} : { parameter: refusal.parameter }),
    ...location(layer),
    ...withFixes(fixes),
  })
}

export function adviceProblem(
  context: FixContext,
  layer: DrawnLayer,
  advice: ShapeAdvice,
  arriving: readonly ArrivingShape[],
): Problem {
  const remedy = advice.remedy && remedyFix(context.drawing, layer, advice.remedy).fix
  return problem(advice.code, `${layer.node.name} ${advice.message}.`, {
    severity: 'warning',
    ...(advice.hint === undefined ? {} : { hint: advice.hint }),
    ...location(layer),
    ...withFixes([remedy, ...shapeFixes(context, layer, arriving)]),
  })
}

/** The first fix, and at most two others that do something else. */
function withFixes(fixes: readonly (Fix | undefined)[]): Pick<Problem, 'fix' | 'otherFixes'> {
  const given = fixes.flatMap((fix) => fix ?? [])
  const [fix, ...others] = given.filter(
    ({ label }, at) => given.findIndex((other) => other.label === label) === at,
  )
  return { ...(fix && { fix }), ...(others.length > 0 && { otherFixes: others.slice(0, 2) }) }
}

function location(layer: DrawnLayer): { layerId: string; port?: string } {
  const port = layer.definition?.inputs[0]?.name
  return port === undefined ? { layerId: layer.node.id } : { layerId: layer.node.id, port }
}

function joinWithAnd(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
