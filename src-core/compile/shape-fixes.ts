import type { Connection } from '../document/model-document.ts'
import { newConnection } from '../document/new-elements.ts'
import { layerDefinition } from '../layers/catalogue.ts'
import { isRefusal } from '../layers/define-layer.ts'
import type { ResolvedParameters } from '../layers/parameter-fields.ts'
import { resolveParameters } from '../layers/resolve-parameters.ts'
import type { Fix } from '../problems.ts'
import { sameShape } from '../shapes/broadcast.ts'
import type { Shape } from '../tensor-graph/types.ts'
import { type Adapter, adaptersBetween, adaptersOf } from './adapters.ts'
import { type Drawing, type DrawnLayer, downstreamOf, type Wire } from './drawing.ts'
import { insertEdits } from './fixes.ts'

/** One of the shapes that reach a layer, and the wire it comes through. */
export interface ArrivingShape {
  readonly wire: Wire
  readonly shape: Shape
}

/** A layer with its parameters and what reaches it. */
export interface FedLayer {
  readonly layer: DrawnLayer
  readonly parameters: ResolvedParameters
  readonly arriving: readonly ArrivingShape[]
}

/** What fixes at a layer follow from. */
export interface FixContext {
  readonly drawing: Drawing
  /** Of the layer that refuses. */
  readonly parameters: ResolvedParameters
  /** What the same layer of the same block is elsewhere, where all that reaches it is known: what is put in changes it, too. */
  readonly twins: readonly FedLayer[]
  /** What another layer gives, where it is known. */
  outputShape(layer: DrawnLayer): Shape | undefined
}

/**
 * Changes in front of a layer after which it takes what reaches it: a layer inserted in a wire, or a Flatten left out.
 * Every one is tried with the layers' own shape rules before it is offered; the likelier ones come first.
 */
export function shapeFixes(
  context: FixContext,
  layer: DrawnLayer,
  arriving: readonly ArrivingShape[],
): readonly Fix[] {
  if (arriving.length === 0 || arriving.length !== layer.incoming.length) return []
  const fed = [{ layer, parameters: context.parameters, arriving }, ...context.twins]
  const takes: Takes = (change) =>
    fed.every((each) => {
      const after = each.arriving.map(({ shape }, place) => change(shape, place))
      return accepts(each.layer, each.parameters, after)
    })
  const [only, ...others] = arriving
  if (only && others.length === 0) {
    return [...beforeFlatten(context, only), ...adapted(context, only, takes)]
  }
  return aligned(context, arriving, takes)
}

/** Whether the layer, wherever it is used, takes what is made of each shape that reaches it. */
type Takes = (change: (shape: Shape, place: number) => Shape | undefined) => boolean

/** Whether the layer infers a shape from these, with nothing to advise against. */
function accepts(
  { definition }: DrawnLayer,
  parameters: ResolvedParameters,
  given: readonly (Shape | undefined)[],
): boolean {
  const inputs = given.flatMap((shape) => (shape ? [shape] : []))
  if (!definition || inputs.length < given.length) return false
  const output = definition.inferShape({ parameters, inputs })
  if (isRefusal(output)) return false
  return definition.advise?.({ parameters, inputs, output }) === undefined
}

/** What an inserted layer makes of a shape; undefined when it does not take it. */
function through({ kind, parameters }: Adapter, shape: Shape): Shape | undefined {
  const definition = layerDefinition(kind)
  if (!definition) return undefined
  const node = { id: kind, kind, name: kind, parameters: { ...parameters }, position: { x: 0, y: 0 } }
  const resolved = resolveParameters(definition, node.parameters, node)
  if (resolved.problems.length > 0) return undefined
  const output = definition.inferShape({ parameters: resolved.values, inputs: [shape] })
  return isRefusal(output) ? undefined : output
}

function changed(adapter: Adapter | undefined, shape: Shape): Shape | undefined {
  return adapter ? through(adapter, shape) : shape
}

function adapted({ drawing }: FixContext, { wire, shape }: ArrivingShape, takes: Takes): Fix[] {
  const isFlattened = wire.source.node.kind === 'flatten'
  return adaptersOf(shape).flatMap((adapter): Fix[] => {
    // Guessing the sides of an image that the drawing itself has flattened would be wrong.
    if (isFlattened && adapter.kind === 'reshape') return []
    if (!takes((each) => through(adapter, each))) return []
    return [{ label: `Insert ${adapter.label}`, edits: insertEdits(drawing, [{ wire, ...adapter }]) }]
  })
}

/** Wires the layer to what a Flatten before it flattens, which goes when nothing else needs it. */
function beforeFlatten(context: FixContext, { wire }: ArrivingShape): Fix[] {
  const { source, target } = wire
  const [incoming] = source.incoming
  if (source.node.kind !== 'flatten' || !incoming) return []
  const shape = context.outputShape(incoming.source)
  if (!shape || !accepts(target, context.parameters, [shape])) return []
  const fix = source.outgoing.length > 1 ? aroundFlatten(context, wire) : withoutFlatten(context, source)
  return fix ? [fix] : []
}

/** Others need the Flatten. None where it stands outside of the block that the layer is in: no wire leads around it. */
function aroundFlatten({ drawing }: FixContext, { connection, source, target }: Wire): Fix | undefined {
  const local = drawing.local(target.node.id)
  const wire = local.wire(connection.id)
  const [incoming] = wire?.source.incoming ?? []
  if (!wire || !incoming || wire.source !== local.layer(source.node.id)) return undefined
  return {
    label: `Connect it before ${source.node.name}`,
    edits: local.edits([
      { type: 'disconnect', connectionId: wire.connection.id },
      { type: 'connect', connection: linkPast(local.drawing, incoming, wire), index: wire.index },
    ]),
  }
}

/** Nobody else needs the Flatten; both of its wires go with it, wherever they lead. */
function withoutFlatten({ drawing }: FixContext, flatten: DrawnLayer): Fix | undefined {
  const local = drawing.local(flatten.node.id)
  const drawn = local.layer(flatten.node.id)
  const [incoming] = drawn?.incoming ?? []
  const [outgoing, ...others] = drawn?.outgoing ?? []
  if (!drawn || !incoming || !outgoing || others.length > 0) return undefined
  const index = incoming.index < outgoing.index ? outgoing.index - 1 : outgoing.index
  return {
    label: `Remove ${flatten.node.name}`,
    edits: local.edits([
      { type: 'removeLayer', layerId: drawn.node.id },
      { type: 'connect', connection: linkPast(local.drawing, incoming, outgoing), index },
    ]),
  }
}

/** From where one wire begins to where the next one ends. */
function linkPast({ document }: Drawing, from: Wire, to: Wire): Connection {
  const { source, sourcePort } = from.connection
  const { target, targetPort } = to.connection
  return newConnection(document, { source, sourcePort, target, targetPort })
}

/** Makes all shapes fit one of them. First come fixes of one layer, on the way that leads around the others. */
function aligned(context: FixContext, arriving: readonly ArrivingShape[], takes: Takes): Fix[] {
  const wanted = arriving.filter(
    ({ shape }, at) => arriving.findIndex((other) => sameShape(other.shape, shape)) === at,
  )
  return wanted
    .flatMap(({ shape }) => alignedTo(context, shape, arriving, takes))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ fix }) => fix)
}

interface RankedFix {
  readonly rank: number
  readonly fix: Fix
}

function alignedTo(
  { drawing }: FixContext,
  wanted: Shape,
  arriving: readonly ArrivingShape[],
  takes: Takes,
): RankedFix[] {
  const different = arriving.filter(({ shape }) => !sameShape(shape, wanted))
  const [first] = different
  if (!first) return []
  const isShortcut = arriving.some(
    ({ wire }) => wire.source !== first.wire.source && downstreamOf(first.wire.source).has(wire.source),
  )
  return adaptersBetween(first.shape, wanted).flatMap(({ doubt, ...adapter }): RankedFix[] => {
    const inserted = different.map(({ wire, shape }) => {
      // The same kind of change on every wire that needs one, each with its own numbers.
      const own =
        shape === first.shape
          ? adapter
          : adaptersBetween(shape, wanted).find((each) => each.kind === adapter.kind)
      return own && { wire, shape, adapter: own }
    })
    const complete = inserted.flatMap((each) => each ?? [])
    if (complete.length < inserted.length) return []
    const changes = arriving.map(({ wire }) => complete.find((each) => each.wire === wire)?.adapter)
    if (!takes((each, place) => changed(changes[place], each))) return []
    const places = complete.map(({ wire }) => wire.source.node.name).join(' and ')
    return [
      {
        rank: 10 * (complete.length - 1) + doubt + (isShortcut ? 0 : 1),
        fix: {
          label: `Insert ${adapter.label} after ${places}`,
          edits: insertEdits(
            drawing,
            complete.map((each) => ({ wire: each.wire, ...each.adapter })),
          ),
        },
      },
    ]
  })
}
