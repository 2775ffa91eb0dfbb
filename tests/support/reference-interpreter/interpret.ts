import type { TensorGraph } from '../../../src-core/tensor-graph/types.ts'
import { numberOfPattern, roundToHalf } from './half-precision.ts'
import { elementwiseReference } from './operators/elementwise.ts'
import { gridSampleReference } from './operators/grid-sample.ts'
import { indexingReference } from './operators/indexing.ts'
import { matrixReference } from './operators/matrix.ts'
import { movementReference } from './operators/movement.ts'
import { normalizationReference } from './operators/normalization.ts'
import { recurrentReference } from './operators/recurrent.ts'
import { reductionReference } from './operators/reduction.ts'
import { resizeReference } from './operators/resize.ts'
import { unaryReference } from './operators/unary.ts'
import { windowReference } from './operators/window.ts'
import { count, type ReferenceOperator, type ReferenceTensor, tensor } from './tensor.ts'

/** Every operator this interpreter knows. */
export const referenceOperators: ReadonlyMap<string, ReferenceOperator> = new Map(
  Object.entries({
    ...elementwiseReference,
    ...unaryReference,
    ...reductionReference,
    ...matrixReference,
    ...windowReference,
    ...movementReference,
    ...indexingReference,
    ...resizeReference,
    ...normalizationReference,
    ...recurrentReference,
    ...gridSampleReference,
  }),
)

/**
 * Runs a graph in double precision with plain loops, sharing no code with the compiler or onnxruntime. Tensors of
 * float16 are rounded to it once they are computed, so that a graph is as inexact as float16 makes it.
 * Also checks that every computed shape is the one the compiler inferred.
 */
export function interpret(
  graph: TensorGraph,
  feeds: Readonly<Record<string, ArrayLike<number>>>,
): Record<string, ReferenceTensor> {
  const values = new Map<string, ReferenceTensor>()
  for (const { name, dtype, shape } of graph.inputs) {
    const data = feeds[name]
    if (data?.length !== count(shape)) throw new Error(`input ${name} got ${data?.length} elements`)
    values.set(name, tensor(dtype, shape, data))
  }
  for (const { value, data } of graph.constants) {
    const elements = Array.from(data, Number)
    const isHalf = value.dtype === 'float16'
    values.set(
      value.name,
      tensor(value.dtype, value.shape, isHalf ? elements.map(numberOfPattern) : elements),
    )
  }
  for (const node of graph.nodes) {
    const operator = referenceOperators.get(node.operator)
    if (!operator) throw new Error(`the reference interpreter does not know ${node.operator}`)
    const inputs = node.inputs.map((input) => input && values.get(input.name))
    const results = operator(inputs, node.attributes, node.outputs.length)
    for (const [index, output] of node.outputs.entries()) {
      const result = results[index]
      if (!result || result.shape.join() !== output.shape.join() || result.dtype !== output.dtype) {
        throw new Error(
          `${node.operator} gave ${result?.dtype}[${result?.shape}], inferred ${output.dtype}[${output.shape}]`,
        )
      }
      values.set(output.name, rounded(result))
    }
  }
  return Object.fromEntries(
    graph.outputs.map(({ name, value }) => {
      const result = values.get(value.name)
      if (!result) throw new Error(`output ${name} was never computed`)
      return [name, result]
    }),
  )
}

function rounded(result: ReferenceTensor): ReferenceTensor {
  return result.dtype === 'float16' ? { ...result, data: result.data.map(roundToHalf) } : result
}
