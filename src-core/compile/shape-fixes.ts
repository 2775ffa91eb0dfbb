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

/** What fixes at a layer follow from. */
export interface FixContext {
  readonly drawing: Drawing
  /** Of the layer that refuses. */
  readonly parameters: ResolvedParameters
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
  const takes = (shapes: readonly Shape[]) => accepts(layer, context.parameters, shapes)
  const [only, ...others] = arriving
  if (only && others.length === 0) {
    return [...beforeFlatten(context, only, takes), ...adapted(context, only, takes)]
  }
  return aligned(context, arriving, takes)
}

type Takes = (shapes: readonly Shape[]) => boolean

/** Whether the layer infers a shape from these, with nothing to advise against. */
function accepts(layer: DrawnLayer, parameters: ResolvedParameters, inputs: readonly Shape[]): boolean {
  const { definition } = layer
  if (!definition) return false
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

function adapted({ drawing }: FixContext, { wire, shape }: ArrivingShape, takes: Takes): Fix[] {
  const isFlattened = wire.source.node.kind === 'flatten'
  return adaptersOf(shape).flatMap((adapter): Fix[] => {
    // Guessing the sides of an image that the drawing itself has flattened would be wrong.
    if (isFlattened && adapter.kind === 'reshape') return []
    const output = through(adapter, shape)
    if (!output || !takes([output])) return []
    return [{ label: `Insert ${adapter.label}`, edits: insertEdits(drawing, [{ wire, ...adapter }]) }]
  })
}

/** Wires the layer to what a Flatten before it flattens, which goes when nothing else needs it. */
function beforeFlatten(context: FixContext, { wire }: ArrivingShape, takes: Takes): Fix[] {
  const { source, target, connection, index } = wire
  const [incoming] = source.incoming
  if (source.node.kind !== 'flatten' || !incoming) return []
  const shape = context.outputShape(incoming.source)
  if (!shape || !takes([shape])) return []
  const ends = {
    source: incoming.source.node.id,
    sourcePort: incoming.connection.sourcePort,
    target: target.node.id,
    targetPort: connection.targetPort,
  }
  const link = newConnection(context.drawing.document, ends)
  if (source.outgoing.length > 1) {
    return [
      {
        label: `Connect it before ${source.node.name}`,
        edits: [
          { type: 'disconnect', connectionId: connection.id },
          { type: 'connect', connection: link, index },
        ],
      },
    ]
  }
  // Nobody else needs it; and both of its wires go with it.
  const at = incoming.index < index ? index - 1 : index
  return [
    {
      label: `Remove ${source.node.name}`,
      edits: [
        { type: 'removeLayer', layerId: source.node.id },
        { type: 'connect', connection: link, index: at },
      ],
    },
  ]
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
    const after = arriving.map(({ wire, shape }) => {
      const change = complete.find((each) => each.wire === wire)
      return change ? through(change.adapter, shape) : shape
    })
    const known = after.flatMap((shape) => (shape ? [shape] : []))
    if (known.length < after.length || !takes(known)) return []
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
