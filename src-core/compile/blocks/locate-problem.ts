import type { Edit } from '../../document/edits.ts'
import { type Fix, type Problem, problemFixes } from '../../problems.ts'
import { type Expansion, type Origin, starvedKey } from './expansion.ts'

/**
 * A problem of an expanded document as one of the document that is drawn: it stands on the outermost block layer, and says
 * in `inner` which layer inside it is about. Fixes that can be made there become edits of the block; others are left out.
 */
export function locateProblem(expansion: Expansion, problem: Problem): Problem {
  const { fix: _fix, otherFixes: _others, layerId, ...rest } = problem
  if (expansion.origins.size === 0) return problem
  const origin = layerId === undefined ? undefined : expansion.origins.get(layerId)
  const [outer, ...inner] = origin?.path ?? (layerId === undefined ? [] : [layerId])
  // What is not used of a block may well be used where the block stands elsewhere.
  const offered = problem.code === 'graph.unusedOutput' && inner.length > 0 ? [] : problemFixes(problem)
  const [fix, ...otherFixes] = offered.flatMap((each) => locatedFix(expansion, each) ?? [])
  return {
    ...rest,
    ...(outer !== undefined && { layerId: outer }),
    ...(inner.length > 0 && { inner }),
    ...(fix && { fix }),
    ...(otherFixes.length > 0 && { otherFixes }),
  }
}

/**
 * All problems of an expanded document, located; what several repeats of a block, or several causes, say of the same place is
 * said once.
 */
export function locateProblems(expansion: Expansion, problems: readonly Problem[]): readonly Problem[] {
  if (expansion.origins.size === 0) return problems
  const seen = new Set<string>()
  return problems.flatMap((problem): Problem[] => {
    if (isStarved(expansion, problem)) return []
    const refusal = problem.code === 'layer.unknownKind' && expansion.refusals.get(problem.layerId ?? '')
    const located = locateProblem(expansion, refusal || problem)
    const { code, layerId, inner, port, parameter } = located
    const key = JSON.stringify([code, layerId, inner, port, parameter, inner ? '' : located.message])
    if (seen.has(key)) return []
    seen.add(key)
    return [located]
  })
}

/** A layer whose wire comes from a port that nothing is wired to: the port says so. */
function isStarved({ starved }: Expansion, { code, layerId, port }: Problem): boolean {
  return (
    code === 'graph.unconnectedInput' &&
    layerId !== undefined &&
    port !== undefined &&
    starved.has(starvedKey(layerId, port))
  )
}

function locatedFix(expansion: Expansion, fix: Fix): Fix | undefined {
  const edits = fix.edits.map((edit) => locatedEdit(expansion, edit))
  const known = edits.flatMap((edit) => edit ?? [])
  return known.length === edits.length ? { label: fix.label, edits: known } : undefined
}

/** The edit of the drawing, or of the block that holds what it names; undefined where there is none. */
function locatedEdit(expansion: Expansion, edit: Edit): Edit | undefined {
  switch (edit.type) {
    case 'setParameters':
      return parametersEdit(expansion.origins.get(edit.layerId), edit)
    case 'removeLayer':
    case 'setBypassed':
    case 'setRepeat':
      return inBlock(expansion.origins.get(edit.layerId), (layerId) => ({ ...edit, layerId }))
    case 'renameLayer': {
      const origin = expansion.origins.get(edit.layerId)
      const prefix = origin?.namePrefix ?? ''
      const name = edit.name.startsWith(prefix) ? edit.name.slice(prefix.length) : edit.name
      return inBlock(origin, (layerId) => ({ ...edit, layerId, name }))
    }
    case 'disconnect':
      return disconnection(expansion, edit.connectionId)
    case 'replaceLayer':
    case 'group':
      return undefined
    default:
      // Layers and wires that are added, and what is moved for them, are placed where they are drawn (`Drawing.local`).
      return edit
  }
}

function inBlock(origin: Origin | undefined, edit: (layerId: string) => Edit): Edit | undefined {
  const id = origin?.path.at(-1)
  const blockId = origin?.blockIds.at(-1)
  if (id === undefined) return undefined
  return blockId === undefined ? edit(id) : { type: 'editBlock', blockId, edit: edit(id) }
}

/** A parameter that a block layer around sets is changed there. */
function parametersEdit(
  origin: Origin | undefined,
  edit: Extract<Edit, { type: 'setParameters' }>,
): Edit | undefined {
  const bound = Object.entries(edit.parameters).map(([name, value]) => [origin?.bound[name], value] as const)
  const [first] = bound
  const owner = first?.[0]?.owner
  if (!owner) return inBlock(origin, (layerId) => ({ ...edit, layerId }))
  if (bound.some(([each]) => each?.owner !== owner)) return undefined
  const parameters = Object.fromEntries(bound.map(([each, value]) => [each?.parameter ?? '', value]))
  return parametersEdit(owner, { ...edit, parameters })
}

function disconnection(expansion: Expansion, connectionId: string): Edit | undefined {
  const wire = expansion.document.connections.find(({ id }) => id === connectionId)
  const target = wire && expansion.origins.get(wire.target)
  if (!target) return { type: 'disconnect', connectionId }
  const id = connectionId.startsWith(target.idPrefix) ? connectionId.slice(target.idPrefix.length) : undefined
  const blockId = target.blockIds.at(-1)
  if (id === undefined) return undefined
  const edit: Edit = { type: 'disconnect', connectionId: id }
  return blockId === undefined ? edit : { type: 'editBlock', blockId, edit }
}
