import type { Shape } from '../../tensor-graph/types.ts'
import type { CompiledLayer } from '../compile-model.ts'
import type { Expansion, WireEnd } from './expansion.ts'

/** What is known of a block layer: the sums of what is inside, and the shapes at its ports. */
export interface CompiledBlock extends CompiledLayer {
  /** By port. */
  readonly outputShapes: ReadonlyMap<string, Shape>
}

type Layers = ReadonlyMap<string, CompiledLayer>

/** What is known of every block layer, by its expanded id. */
export function compiledBlocks(expansion: Expansion, layers: Layers): ReadonlyMap<string, CompiledBlock> {
  return new Map(
    [...expansion.blocks].map(([id, { layerIds, inputs, outputs }]) => {
      const inside = layerIds.flatMap((layerId) => layers.get(layerId) ?? [])
      const complete = inside.every(({ outputShape }) => outputShape !== undefined)
      const sum = (key: 'parameterCount' | 'trainableCount' | 'flops' | 'activationElements') =>
        inside.reduce((total, layer) => total + (layer[key] ?? 0), 0)
      const given = [...outputs].flatMap(([port, end]): [string, Shape][] => {
        const shape = shapeAt(layers, end)
        return shape ? [[port, shape]] : []
      })
      const first = given[0]?.[1]
      return [
        id,
        {
          inputShapes: [...inputs.values()].map((end) => shapeAt(layers, end)),
          outputShapes: new Map(given),
          ...(first && { outputShape: first }),
          ...(complete && {
            parameterCount: sum('parameterCount'),
            trainableCount: sum('trainableCount'),
            flops: sum('flops'),
            activationElements: sum('activationElements'),
          }),
        },
      ]
    }),
  )
}

/** The shapes that flow through the ports inside of blocks, by the expanded id of the port's layer. */
export function portShapes(expansion: Expansion, layers: Layers): ReadonlyMap<string, CompiledLayer> {
  return new Map(
    [...expansion.ports].map(([id, end]) => {
      const shape = shapeAt(layers, end)
      return [id, { inputShapes: [shape], ...(shape && { outputShape: shape }) }]
    }),
  )
}

function shapeAt(layers: Layers, end: WireEnd | undefined): Shape | undefined {
  return end && layers.get(end.id)?.outputShape
}
