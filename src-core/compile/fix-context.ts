import type { ResolvedParameters } from '../layers/parameter-fields.ts'
import type { InferredLayer } from './compile-model.ts'
import type { Drawing, DrawnLayer } from './drawing.ts'
import type { ArrivingShape, FedLayer, FixContext } from './shape-fixes.ts'

type Inferred = ReadonlyMap<DrawnLayer, InferredLayer>

/** What the fixes of a layer's shapes follow from; `parameters` are those of the layer. */
export function fixContext(
  drawing: Drawing,
  inferred: Inferred,
  layer: DrawnLayer,
  parameters: ResolvedParameters,
): FixContext {
  return {
    drawing,
    parameters,
    twins: twinsOf(drawing, inferred, layer),
    outputShape: (other) => inferred.get(other)?.inference?.shaped?.outputShape,
  }
}

/** The shapes that reach a layer, as far as they are known, each with its wire. */
export function arrivingShapes({
  wires,
  inputShapes,
}: Pick<InferredLayer, 'wires' | 'inputShapes'>): readonly ArrivingShape[] {
  return (wires ?? []).flatMap((wire, index) => {
    const shape = inputShapes[index]
    return shape ? [{ wire, shape }] : []
  })
}

/** The layers of an expanded drawing that are drawn once, inside of a block, and that all inputs are known of. */
function twinsOf(drawing: Drawing, inferred: Inferred, layer: DrawnLayer): readonly FedLayer[] {
  const drawn = drawnAs(drawing, layer)
  if (!drawn || drawn === layer) return []
  return [...inferred.values()].flatMap((each): FedLayer[] => {
    const { layer: other, inference } = each
    if (other === layer || other.node.kind !== layer.node.kind || drawnAs(drawing, other) !== drawn) return []
    const arriving = arrivingShapes(each)
    const isKnown = arriving.length > 0 && arriving.length === other.incoming.length
    return inference && isKnown ? [{ layer: other, parameters: inference.parameters, arriving }] : []
  })
}

function drawnAs(drawing: Drawing, { node }: DrawnLayer): DrawnLayer | undefined {
  return drawing.local(node.id).layer(node.id)
}
