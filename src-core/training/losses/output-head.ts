import type { ModelPlan, PlannedLayer } from '../../compile/model-plan.ts'
import { elementCount, type Shape } from '../../tensor-graph/types.ts'
import { plannedLayer } from '../planned-layer.ts'

/** The end of a model, as far as losses care. */
export interface OutputHead {
  readonly output: PlannedLayer
  /** The layer whose units and activation decide what comes out. */
  readonly layer: PlannedLayer
  /** Per sample. */
  readonly shape: Shape
  readonly units: number
  /** An activation's name; `linear` for raw scores of any origin. */
  readonly activation: string
}

const passThrough = new Set(['flatten', 'reshape', 'dropout', 'squeeze', 'expandDimensions'])
const keepsProbabilities = new Set([
  'average',
  'maximum',
  'concatenate',
  'globalAveragePooling2d',
  'globalAveragePooling1d',
  'globalAveragePooling3d',
])
/** Their activation is not what they end in. */
const activationInside = new Set([
  'lstm',
  'gru',
  'bidirectionalLstm',
  'bidirectionalGru',
  'bidirectionalSimpleRnn',
])
const probabilities = new Set(['softmax', 'sigmoid'])

/** What the output layer with this id receives. */
export function outputHead(plan: ModelPlan, outputId: string): OutputHead {
  const output = plannedLayer(plan, outputId)
  const layer = decidingLayer(plan, output)
  const shape = output.outputShape
  return { output, layer, shape, units: elementCount(shape), activation: activationOf(plan, layer) }
}

/** Walks back from a layer over those that hand values on unchanged. */
function decidingLayer(plan: ModelPlan, layer: PlannedLayer): PlannedLayer {
  const [input] = layer.inputs
  const isEnd = layer.kind === 'output' || passThrough.has(layer.kind)
  return isEnd && input ? decidingLayer(plan, plannedLayer(plan, input.layerId)) : layer
}

function activationOf(plan: ModelPlan, layer: PlannedLayer): string {
  const { activation } = layer.parameters
  if (typeof activation === 'string' && !activationInside.has(layer.kind)) return activation
  if (!keepsProbabilities.has(layer.kind)) return 'linear'
  const sources = layer.inputs.map(({ layerId }) => decidingLayer(plan, plannedLayer(plan, layerId)))
  const [first, ...rest] = new Set(sources.map((source) => activationOf(plan, source)))
  return first && rest.length === 0 && probabilities.has(first) ? first : 'linear'
}
