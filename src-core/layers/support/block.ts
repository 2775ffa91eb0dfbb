import type { Shape } from '../../tensor-graph/types.ts'
import { defineLayer, type MaskRule, type ShapeRefusal } from '../define-layer.ts'
import type { ParameterSchema, ParameterValues } from '../parameter-fields.ts'
import { onlyShape } from './context.ts'
import type { Part, PartMaker } from './parts.ts'
import { singleInput, singleOutput } from './ports.ts'
import type { LayerTexts } from './space.ts'

interface BlockOptions<S extends ParameterSchema> {
  readonly parameters: S
  /** Refuses shapes before parts are asked. */
  require?(input: Shape): ShapeRefusal | undefined
  /** The parts of the block for an input shape. */
  compose(input: Shape, parameters: ParameterValues<S>): PartMaker
  readonly maskRule?: MaskRule
}

/** A layer that is made of others: shapes, weights, costs and computation are those of its parts. */
export function blockLayer<const S extends ParameterSchema>(texts: LayerTexts, options: BlockOptions<S>) {
  const made = (input: Shape, parameters: ParameterValues<S>): Part | ShapeRefusal =>
    options.require?.(input) ?? options.compose(input, parameters)([input])
  const partOf = (inputs: readonly Shape[], parameters: ParameterValues<S>): Part => {
    const part = made(onlyShape({ inputs }), parameters)
    if (!('output' in part)) throw new Error(`${texts.kind} was refused: ${part.expected}`)
    return part
  }
  return defineLayer<S>({
    ...texts,
    category: 'Block',
    inputs: singleInput,
    outputs: singleOutput,
    parameters: options.parameters,
    inferShape: ({ inputs, parameters }) => {
      const part = made(onlyShape({ inputs }), parameters)
      return 'output' in part ? part.output : part
    },
    maskRule: () => options.maskRule ?? 'ignores',
    weights: ({ inputs, parameters }) => partOf(inputs, parameters).weights,
    flops: ({ inputs, parameters }) => partOf(inputs, parameters).flops,
    activationElements: ({ inputs, parameters }) => partOf(inputs, parameters).activationElements,
    lower: ({ inputs, parameters, ...context }) => {
      const shapes = inputs.map(({ shape }) => shape.slice(1))
      return partOf(shapes, parameters).lower(context, inputs)
    },
  })
}
