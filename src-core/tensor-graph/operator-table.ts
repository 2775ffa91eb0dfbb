import { activationOperators } from './operators/activation.ts'
import { convolutionOperators } from './operators/convolution.ts'
import { type InferredOutput, OperatorCall, type OperatorDefinition } from './operators/define-operator.ts'
import { elementwiseBinaryOperators } from './operators/elementwise-binary.ts'
import { elementwiseUnaryOperators } from './operators/elementwise-unary.ts'
import { generatorOperators } from './operators/generator.ts'
import { gridSampleOperators } from './operators/grid-sample.ts'
import { indexingOperators } from './operators/indexing.ts'
import { logicOperators } from './operators/logic.ts'
import { matrixOperators } from './operators/matrix.ts'
import { normalizationOperators } from './operators/normalization.ts'
import { poolingOperators } from './operators/pooling.ts'
import { recurrentOperators } from './operators/recurrent.ts'
import { reductionOperators } from './operators/reduction.ts'
import { resizeOperators } from './operators/resize.ts'
import { shapeOperators } from './operators/shape.ts'
import { slicingOperators } from './operators/slicing.ts'
import type { Attributes, TensorData, TensorValue } from './types.ts'

export type { InferredOutput }

/** Every operator a TensorGraph may hold: ONNX opset 21, plus single com.microsoft operators of onnxruntime. */
export const operatorTable: ReadonlyMap<string, OperatorDefinition> = new Map(
  Object.entries({
    ...elementwiseBinaryOperators,
    ...elementwiseUnaryOperators,
    ...activationOperators,
    ...reductionOperators,
    ...matrixOperators,
    ...convolutionOperators,
    ...poolingOperators,
    ...shapeOperators,
    ...slicingOperators,
    ...resizeOperators,
    ...indexingOperators,
    ...logicOperators,
    ...generatorOperators,
    ...normalizationOperators,
    ...recurrentOperators,
    ...gridSampleOperators,
  }),
)

/** The definition of an operator. Throws when there is none: that is a compiler bug. */
export function operatorDefinition(operator: string): OperatorDefinition {
  const definition = operatorTable.get(operator)
  if (!definition) throw new Error(`operator ${operator} is not in the table`)
  return definition
}

/** Infers dtypes and shapes of a node's outputs; throws when the operator cannot take these inputs (a compiler bug). */
export function inferOperator(
  operator: string,
  inputs: readonly (TensorValue | undefined)[],
  attributes: Attributes,
  outputCount: number,
  constantData: (value: TensorValue) => TensorData | undefined,
): { readonly domain: string; readonly outputs: readonly InferredOutput[] } {
  const definition = operatorDefinition(operator)
  const call = new OperatorCall(operator, inputs, attributes, outputCount, constantData)
  for (const name of Object.keys(attributes)) {
    if (!(name in definition.attributes)) call.fail(`has no attribute ${name}`)
  }
  const outputs = definition.infer(call)
  if (outputs.length !== outputCount) call.fail(`has ${outputs.length} outputs, not ${outputCount}`)
  return { domain: definition.domain, outputs }
}
