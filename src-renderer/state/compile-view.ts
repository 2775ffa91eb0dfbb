import type { CompiledLayer, CompiledModel } from '../../src-core/compile/compile-model.ts'
import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import type { Connection } from '../../src-core/document/model-document.ts'
import type { Problem } from '../../src-core/problems.ts'
import type { Shape } from '../../src-core/tensor-graph/types.ts'

/** What is known of one layer; the same object as long as nothing of it changes, so that only what changed renders. */
export interface LayerView extends CompiledLayer {
  readonly problems: readonly Problem[]
  /** By port, of blocks. */
  readonly outputShapes?: ReadonlyMap<string, Shape>
}

export interface CompileView {
  readonly layers: ReadonlyMap<string, LayerView>
  /** In the order in which they are best mended. */
  readonly problems: readonly Problem[]
  /** The problem of a wire, by its id. */
  readonly wires: ReadonlyMap<string, Problem>
  readonly errorCount: number
  readonly warningCount: number
  /** Only when the model can be trained. */
  readonly plan: ModelPlan | undefined
  /** What the compiler said, as it said it; undefined while no document is open. */
  readonly compiled: CompiledModel | undefined
}

export const emptyCompileView: CompileView = {
  layers: new Map(),
  problems: [],
  wires: new Map(),
  errorCount: 0,
  warningCount: 0,
  plan: undefined,
  compiled: undefined,
}

/** Keeps the objects of `before` for layers that did not change. */
export function keepUnchanged(
  next: ReadonlyMap<string, LayerView>,
  before: ReadonlyMap<string, LayerView>,
): ReadonlyMap<string, LayerView> {
  return new Map(
    [...next].map(([id, view]) => {
      const old = before.get(id)
      return [id, old && sameView(old, view) ? old : view]
    }),
  )
}

function sameView(one: LayerView, other: LayerView): boolean {
  return (
    one.parameterCount === other.parameterCount &&
    one.trainableCount === other.trainableCount &&
    one.flops === other.flops &&
    one.activationElements === other.activationElements &&
    sameSizes(one.outputShape, other.outputShape) &&
    JSON.stringify([...(one.outputShapes ?? [])]) === JSON.stringify([...(other.outputShapes ?? [])]) &&
    one.inputShapes.length === other.inputShapes.length &&
    one.inputShapes.every((shape, index) => sameSizes(shape, other.inputShapes[index])) &&
    sameProblems(one.problems, other.problems)
  )
}

function sameSizes(one: Shape | undefined, other: Shape | undefined): boolean {
  if (!one || !other) return one === other
  return one.length === other.length && one.every((size, axis) => size === other[axis])
}

/** Fixes count too: they hold positions, which change when layers are moved. */
function sameProblems(one: readonly Problem[], other: readonly Problem[]): boolean {
  if (one.length === 0 && other.length === 0) return true
  return JSON.stringify(one) === JSON.stringify(other)
}

const wireCodes = new Set<Problem['code']>(['shape.mismatch', 'shape.rank', 'shape.tooSmall', 'graph.cycle'])

/** Which wires problems are about: those into the layer (and port) that complains of a shape or a cycle. */
export function problemsOfWires(
  connections: readonly Connection[],
  problems: readonly Problem[],
): ReadonlyMap<string, Problem> {
  const found = new Map<string, Problem>()
  for (const problem of problems) {
    const atPort =
      problem.code === 'graph.doublyConnectedInput' || problem.code === 'graph.danglingConnection'
    if (problem.severity !== 'error' || !(wireCodes.has(problem.code) || atPort)) continue
    for (const wire of connections) {
      if (wire.target !== problem.layerId) continue
      if (problem.port !== undefined && wire.targetPort !== problem.port) continue
      if (!found.has(wire.id)) found.set(wire.id, problem)
    }
  }
  return found
}
