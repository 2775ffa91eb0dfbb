import type { LayerNode } from '../document/model-document.ts'
import type { AnyLayerDefinition } from '../layers/catalogue.ts'
import { isRefusal, type MaskRule, type ShapeAdvice, type ShapeRefusal } from '../layers/define-layer.ts'
import type { ResolvedParameters } from '../layers/parameter-fields.ts'
import { resolveParameters } from '../layers/resolve-parameters.ts'
import type { Problem } from '../problems.ts'
import { sameShape } from '../shapes/broadcast.ts'
import { elementCount, type Shape } from '../tensor-graph/types.ts'
import { trainedWeights } from './frozen-weights.ts'
import type { WeightSpec } from './model-plan.ts'

/** Everything about a layer that follows from its parameters and the shapes that reach it. */
export interface LayerInference {
  readonly parameters: ResolvedParameters
  readonly parameterProblems: readonly Problem[]
  readonly refusal?: ShapeRefusal
  readonly advice?: ShapeAdvice
  readonly weights: readonly WeightSpec[]
  /** Undefined when the inputs are not known or do not fit, or a parameter is bad. */
  readonly shaped?: ShapedLayer
}

export interface ShapedLayer {
  readonly inputShapes: readonly Shape[]
  readonly outputShape: Shape
  readonly parameterCount: number
  readonly trainableCount: number
  readonly flops: number
  readonly activationElements: number
  readonly maskRule: MaskRule
}

interface CacheEntry {
  readonly node: LayerNode
  readonly inputs: readonly Shape[] | undefined
  readonly inference: LayerInference
}

/**
 * Infers one layer at a time and remembers the last answer per layer: the same parameters object and equal input
 * shapes give the same inference object again, at no cost.
 */
export class LayerInferrer {
  #entries = new Map<string, CacheEntry>()
  #next = new Map<string, CacheEntry>()

  /** Input shapes are `undefined` when they are not all known. */
  infer(
    node: LayerNode,
    definition: AnyLayerDefinition,
    inputs: readonly Shape[] | undefined,
  ): LayerInference {
    const known = this.#entries.get(node.id)
    const inference =
      known && isSameLayer(known.node, node) && areSameInputs(known.inputs, inputs)
        ? known.inference
        : inferLayer(node, definition, inputs)
    this.#next.set(node.id, { node, inputs, inference })
    return inference
  }

  /** Forgets layers that were not asked for since the last time. */
  endPass(): void {
    this.#entries = this.#next
    this.#next = new Map()
  }
}

function isSameLayer(a: LayerNode, b: LayerNode): boolean {
  // Name and id stand in the messages; edits replace the parameters object whenever a parameter changes.
  return (
    a === b ||
    (a.parameters === b.parameters && a.kind === b.kind && a.name === b.name && a.trainable === b.trainable)
  )
}

function areSameInputs(a: readonly Shape[] | undefined, b: readonly Shape[] | undefined): boolean {
  if (!a || !b) return a === b
  if (a.length !== b.length) return false
  return a.every((shape, index) => {
    const other = b[index]
    return other !== undefined && (shape === other || sameShape(shape, other))
  })
}

/** The inference itself, a pure function of its arguments. */
export function inferLayer(
  node: LayerNode,
  definition: AnyLayerDefinition,
  inputs: readonly Shape[] | undefined,
): LayerInference {
  const { values: parameters, problems } = resolveParameters(definition, node.parameters, node)
  const base = { parameters, parameterProblems: problems, weights: [] }
  if (!inputs || problems.some(({ code }) => code === 'layer.badParameter')) return base
  const result = definition.inferShape({ parameters, inputs })
  if (isRefusal(result)) return { ...base, refusal: result }
  const context = { parameters, inputs, output: result }
  const weights = trainedWeights(node, definition.weights(context))
  const count = (counted: readonly WeightSpec[]) =>
    counted.reduce((sum, weight) => sum + elementCount(weight.shape), 0)
  const advice = definition.advise?.(context)
  return {
    ...base,
    ...(advice ? { advice } : {}),
    weights,
    shaped: {
      inputShapes: inputs,
      outputShape: result,
      parameterCount: count(weights),
      trainableCount: count(weights.filter((weight) => weight.trainable)),
      flops: definition.flops(context),
      activationElements: definition.activationElements?.(context) ?? elementCount(result),
      maskRule: definition.maskRule?.(context) ?? 'ignores',
    },
  }
}
