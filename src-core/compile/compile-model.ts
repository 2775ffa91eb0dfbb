import { isBypassed } from '../document/layer-edits.ts'
import { isFrozen } from '../document/layer-training.ts'
import type { ModelDocument } from '../document/model-document.ts'
import type { Problem } from '../problems.ts'
import type { Shape } from '../tensor-graph/types.ts'
import { recipeProblems } from '../training/recipes/recipe-problems.ts'
import { statefulProblems } from '../training/stateful-layers.ts'
import { type CompiledBlock, compiledBlocks, portShapes } from './blocks/compiled-blocks.ts'
import { expandBlocks } from './blocks/expand-blocks.ts'
import type { Expansion } from './blocks/expansion.ts'
import { localDrawings } from './blocks/local-drawings.ts'
import { locateProblems } from './blocks/locate-problem.ts'
import {
  bypassInference,
  bypassProblems,
  neededLayers,
  passedWire,
  throughBypassed,
  withBypassedSource,
} from './bypass.ts'
import { type Drawing, type DrawnLayer, effectiveWires, readDrawing, type Wire } from './drawing.ts'
import { executionOrder } from './execution-order.ts'
import { arrivingShapes, fixContext } from './fix-context.ts'
import { type LayerInference, LayerInferrer } from './infer-layer.ts'
import { maskedLayers, maskProblems } from './masks.ts'
import type { ModelPlan, PlannedInput, PlannedLayer } from './model-plan.ts'
import { adviceProblem, refusalProblem } from './shape-problems.ts'
import {
  cycleProblem,
  danglingProblem,
  identityProblems,
  portProblems,
  unknownKindProblem,
  unusedProblem,
  wholeProblems,
} from './structure-problems.ts'

/** What is known of one layer of a drawing, even when other parts of it are broken. */
export interface CompiledLayer {
  /** Shapes that arrive, port after port; `undefined` where not known. */
  readonly inputShapes: readonly (Shape | undefined)[]
  readonly outputShape?: Shape
  readonly parameterCount?: number
  readonly trainableCount?: number
  /** Floating point operations of one forward pass for one sample. */
  readonly flops?: number
  /** float32 elements that the forward pass keeps for one sample. */
  readonly activationElements?: number
}

export interface CompiledModel {
  /** Only when there is no error. */
  readonly plan?: ModelPlan
  /** The drawing as a whole first, then layer by layer along the data: the order in which they are best mended. */
  readonly problems: readonly Problem[]
  /** Layers of the expanded document, by their ids there: those of a block are `block/inner`. */
  readonly layers: ReadonlyMap<string, CompiledLayer>
  /** Block layers by their expanded ids; empty where there are none. */
  readonly blocks: ReadonlyMap<string, CompiledBlock>
  /** Ports inside of blocks, by their expanded ids. */
  readonly ports: ReadonlyMap<string, CompiledLayer>
  /** The document without blocks that was compiled, and where everything in it comes from. */
  readonly expansion: Expansion
}

export interface Compiler {
  /** Compiles a document; layers that are unchanged since the last call (same objects) are not inferred again. */
  compile(document: ModelDocument): CompiledModel
}

/** A compiler that remembers what it inferred: for editors, which compile after every edit. */
export function createCompiler(): Compiler {
  const inferrer = new LayerInferrer()
  return { compile: (document) => compileWith(inferrer, document) }
}

/** Validates a document, infers every shape that can be known, and plans the model when nothing is wrong. */
export function compileModel(document: ModelDocument): CompiledModel {
  return createCompiler().compile(document)
}

/** One layer of a drawing with all that was inferred of it. */
export interface InferredLayer {
  readonly layer: DrawnLayer
  /** Undefined when ports lack wires. */
  readonly wires: readonly Wire[] | undefined
  readonly inputShapes: readonly (Shape | undefined)[]
  readonly inference: LayerInference | undefined
}

function compileWith(inferrer: LayerInferrer, document: ModelDocument): CompiledModel {
  const expansion = expandBlocks(document)
  const drawing = readExpanded(document, expansion)
  const order = executionOrder(drawing)
  const inferred = inferAll(inferrer, order.layers)
  const layers = new Map<string, CompiledLayer>()
  for (const { layer, inputShapes, inference } of inferred.values()) {
    layers.set(layer.node.id, inference?.shaped ?? { inputShapes })
  }
  const masked = maskedLayers(inferred)
  const found = [
    ...wholeProblems(drawing),
    ...expansion.problems,
    ...identityProblems(drawing),
    ...order.cycles.map(cycleProblem),
    ...drawing.dangling.map(danglingProblem),
    ...[...inferred.values()].flatMap((layer) => layerProblems(drawing, inferred, layer)),
    ...maskProblems(inferred, masked),
    ...unusedProblems(drawing),
  ]
  const known = {
    layers,
    blocks: compiledBlocks(expansion, layers),
    ports: portShapes(expansion, layers),
    expansion,
  }
  const isError = ({ severity }: Problem) => severity === 'error'
  const problems = locateProblems(expansion, found)
  if (problems.some(isError)) return { problems, ...known }
  const plan = planModel(drawing, inferred, masked)
  const { training } = document
  const all = locateProblems(expansion, [
    ...found,
    ...recipeProblems(plan, training),
    ...statefulProblems(plan, training),
  ])
  return all.some(isError) ? { problems: all, ...known } : { plan, problems: all, ...known }
}

function readExpanded(document: ModelDocument, expansion: Expansion): Drawing {
  if (expansion.origins.size === 0) return readDrawing(document)
  return readDrawing(expansion.document, {
    local: localDrawings(document, expansion),
    places: expansion.places,
  })
}

function inferAll(
  inferrer: LayerInferrer,
  layers: readonly DrawnLayer[],
): ReadonlyMap<DrawnLayer, InferredLayer> {
  const inferred = new Map<DrawnLayer, InferredLayer>()
  for (const layer of layers) {
    const wires = isBypassed(layer.node) ? passedWires(layer) : effectiveWires(layer)
    const inputShapes = (wires ?? layer.incoming).map(
      ({ source }) => inferred.get(source)?.inference?.shaped?.outputShape,
    )
    const known = inputShapes.flatMap((shape) => (shape ? [shape] : []))
    const complete = wires !== undefined && known.length === inputShapes.length ? known : undefined
    const inference = isBypassed(layer.node)
      ? bypassInference(complete?.[0])
      : layer.definition && inferrer.infer(layer.node, layer.definition, complete)
    inferred.set(layer, { layer, wires, inputShapes, inference })
  }
  inferrer.endPass()
  return inferred
}

function passedWires(layer: DrawnLayer): readonly Wire[] | undefined {
  const wire = passedWire(layer)
  return wire && [wire]
}

function layerProblems(
  drawing: Drawing,
  inferred: ReadonlyMap<DrawnLayer, InferredLayer>,
  { layer, wires, inputShapes, inference }: InferredLayer,
): Problem[] {
  if (!inference) return [unknownKindProblem(layer)]
  if (isBypassed(layer.node)) return bypassProblems(layer)
  const problems = [...inference.parameterProblems, ...portProblems(drawing, layer)]
  if (!inference.refusal && !inference.advice) return problems
  const context = fixContext(drawing, inferred, layer, inference.parameters)
  const arriving = arrivingShapes({ wires, inputShapes })
  if (inference.refusal) {
    problems.push(
      withBypassedSource(refusalProblem(context, layer, inference.refusal, arriving), wires ?? []),
    )
  }
  if (inference.advice) problems.push(adviceProblem(context, layer, inference.advice, arriving))
  return problems
}

/** Ends of the drawing that are no outputs. Not worth saying while there is no output at all. */
function unusedProblems(drawing: Drawing): Problem[] {
  if (!drawing.layers.some(({ node }) => node.kind === 'output')) return []
  return drawing.layers
    .filter(({ definition, outgoing }) => outgoing.length === 0 && (definition?.outputs.length ?? 0) > 0)
    .map(unusedProblem)
}

/** Layers that no output depends on are left out (they have nothing to learn from), and so are bypassed ones. */
function planModel(
  drawing: Drawing,
  inferred: ReadonlyMap<DrawnLayer, InferredLayer>,
  masked: ReadonlySet<DrawnLayer>,
): ModelPlan {
  const { recipe } = drawing.document.training
  const outputs = drawing.layers.filter(({ node }) => node.kind === 'output')
  const needed = neededLayers(outputs)
  const layers = [...inferred.values()]
    .filter(({ layer }) => needed.has(layer) && !isBypassed(layer.node))
    .map((each) => planLayer(each, masked.has(each.layer)))
  const sum = (value: (layer: PlannedLayer) => number) =>
    layers.reduce((total, layer) => total + value(layer), 0)
  return {
    name: drawing.document.name,
    layers,
    inputIds: drawing.layers
      .filter((layer) => layer.node.kind === 'input' && needed.has(layer))
      .map(({ node }) => node.id),
    outputIds: outputs.map(({ node }) => node.id),
    parameterCount: sum((layer) => layer.parameterCount),
    trainableCount: sum((layer) => layer.trainableCount),
    flops: sum((layer) => layer.flops),
    activationElements: sum((layer) => layer.activationElements),
    ...(recipe && { recipe }),
  }
}

function planLayer({ layer, wires, inference }: InferredLayer, masked: boolean): PlannedLayer {
  const { id, kind, name } = layer.node
  if (!inference?.shaped || !wires) throw new Error(`${name} was planned without a shape`)
  const { inputShapes, outputShape, parameterCount, trainableCount, flops, activationElements } =
    inference.shaped
  const inputs = wires.map((wire, index): PlannedInput => {
    const shape = inputShapes[index]
    if (!shape) throw new Error(`${name} was planned without an input shape`)
    return { layerId: throughBypassed(wire.source).node.id, port: wire.connection.targetPort, shape }
  })
  const { parameters, weights } = inference
  const sizes = { parameterCount, trainableCount, flops, activationElements }
  const training = {
    ...(isFrozen(layer.node) && { frozen: true }),
    ...(layer.node.learningRateFactor !== undefined && { learningRateFactor: layer.node.learningRateFactor }),
  }
  return { id, kind, name, parameters, inputs, outputShape, weights, ...training, ...sizes, masked }
}
