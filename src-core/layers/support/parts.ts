import type { WeightSpec } from '../../compile/model-plan.ts'
import { elementCount, type Shape, type TensorValue } from '../../tensor-graph/types.ts'
import { isRefusal, type LayerDefinition, type LoweringContext, type ShapeRefusal } from '../define-layer.ts'
import type { ParameterSchema, ParameterValues, ResolvedParameters } from '../parameter-fields.ts'
import { prefixed } from './prefixed.ts'

/** What a part may ask of the layer that it belongs to. */
export type PartContext = Pick<
  LoweringContext<unknown>,
  'builder' | 'batchSize' | 'training' | 'weight' | 'updateWeight' | 'random' | 'addLoss'
>

/** A piece of a block for shapes that are known: what a layer says about itself, and how it is computed. */
export interface Part {
  readonly output: Shape
  readonly weights: readonly WeightSpec[]
  readonly flops: number
  readonly activationElements: number
  lower(context: PartContext, inputs: readonly TensorValue[]): TensorValue
}

/** Makes a part for given input shapes, or says why they do not fit. */
export type PartMaker = (inputs: readonly Shape[]) => Part | ShapeRefusal

function defaultsOf(definition: LayerDefinition): ResolvedParameters {
  return Object.fromEntries(
    Object.entries(definition.parameters).map(([name, field]) => [name, field.default]),
  )
}

/**
 * A layer kind as a part, with parameters that differ from its defaults. Its weights get the part's name in front; with
 * an empty name they keep theirs.
 */
export function layer<S extends ParameterSchema>(
  name: string,
  kind: LayerDefinition<S>,
  given: Partial<ParameterValues<S>> = {},
): PartMaker {
  const definition: LayerDefinition = kind
  return (inputs) => {
    const parameters = { ...defaultsOf(definition), ...given }
    const output = definition.inferShape({ parameters, inputs })
    if (isRefusal(output)) return output
    const shaped = { parameters, inputs, output }
    return {
      output,
      weights: definition.weights(shaped).map((weight) => ({ ...weight, name: prefixed(name, weight.name) })),
      flops: definition.flops(shaped),
      activationElements: definition.activationElements?.(shaped) ?? elementCount(output),
      lower: (context, tensors) =>
        context.builder.scope(name || definition.kind, () =>
          definition.lower({
            ...context,
            parameters,
            inputs: tensors,
            output,
            weight: (weight) => context.weight(prefixed(name, weight)),
            updateWeight: (weight, next) => context.updateWeight(prefixed(name, weight), next),
            masks: [],
            setMask: () => undefined,
          }),
        ),
    }
  }
}

/** Parts one after the other; without any, what comes in. */
export function chain(...makers: readonly PartMaker[]): PartMaker {
  return (inputs) => {
    const parts: Part[] = []
    let shapes = inputs
    for (const make of makers) {
      const part = make(shapes)
      if (!('output' in part)) return part
      parts.push(part)
      shapes = [part.output]
    }
    return {
      ...together(parts),
      output: shapes[0] ?? [],
      lower: (context, tensors) =>
        first(parts.reduce((values, part) => [part.lower(context, values)], tensors)),
    }
  }
}

/** Parts beside each other, all on the same input, and a part that takes their results in this order. */
export function branches(makers: readonly PartMaker[], merge: PartMaker): PartMaker {
  return (inputs) => {
    const parts: Part[] = []
    for (const make of makers) {
      const part = make(inputs)
      if (!('output' in part)) return part
      parts.push(part)
    }
    const merged = merge(parts.map(({ output }) => output))
    if (!('output' in merged)) return merged
    return {
      ...together([...parts, merged]),
      output: merged.output,
      lower: (context, tensors) =>
        merged.lower(
          context,
          parts.map((part) => part.lower(context, tensors)),
        ),
    }
  }
}

function together(parts: readonly Part[]): Omit<Part, 'output' | 'lower'> {
  return {
    weights: parts.flatMap(({ weights }) => weights),
    flops: parts.reduce((sum, { flops }) => sum + flops, 0),
    activationElements: parts.reduce((sum, { activationElements }) => sum + activationElements, 0),
  }
}

function first(values: readonly TensorValue[]): TensorValue {
  const [value] = values
  if (!value) throw new Error('a block got no input tensor')
  return value
}
