import { activationRules } from './rules/activation.ts'
import { convolutionRules } from './rules/convolution.ts'
import { elementwiseBinaryRules } from './rules/elementwise-binary.ts'
import { elementwiseUnaryRules } from './rules/elementwise-unary.ts'
import { gridSampleRules } from './rules/grid-sample.ts'
import { gruRules } from './rules/gru.ts'
import { indexingRules } from './rules/indexing.ts'
import { logicRules } from './rules/logic.ts'
import { lstmRules } from './rules/lstm.ts'
import { matrixRules } from './rules/matrix.ts'
import { normalizationRules } from './rules/normalization.ts'
import { poolingRules } from './rules/pooling.ts'
import { reductionRules } from './rules/reduction.ts'
import { resizeRules } from './rules/resize.ts'
import { shapeRules } from './rules/shape.ts'
import { slicingRules } from './rules/slicing.ts'
import type { VectorJacobianRule } from './vector-jacobian.ts'

/** One vector-Jacobian rule per differentiable operator. */
export const gradientRules: ReadonlyMap<string, VectorJacobianRule> = new Map(
  Object.entries({
    ...elementwiseBinaryRules,
    ...elementwiseUnaryRules,
    ...activationRules,
    ...reductionRules,
    ...matrixRules,
    ...convolutionRules,
    ...poolingRules,
    ...shapeRules,
    ...slicingRules,
    ...resizeRules,
    ...indexingRules,
    ...logicRules,
    ...normalizationRules,
    ...lstmRules,
    ...gruRules,
    ...gridSampleRules,
  }),
)

/** Operators through which no gradient flows, with the reason. */
export const notDifferentiable: ReadonlyMap<string, string> = new Map([
  ['Sign', 'constant almost everywhere'],
  ['Floor', 'constant almost everywhere'],
  ['Ceil', 'constant almost everywhere'],
  ['Round', 'constant almost everywhere'],
  ['ArgMax', 'returns indices'],
  ['ArgMin', 'returns indices'],
  ['OneHot', 'reads indices'],
  ['Equal', 'returns truth values'],
  ['Greater', 'returns truth values'],
  ['GreaterOrEqual', 'returns truth values'],
  ['Less', 'returns truth values'],
  ['LessOrEqual', 'returns truth values'],
  ['And', 'returns truth values'],
  ['Or', 'returns truth values'],
  ['Xor', 'returns truth values'],
  ['Not', 'returns truth values'],
  ['IsNaN', 'returns truth values'],
  ['ConstantOfShape', 'reads a shape'],
  ['Range', 'reads constants'],
])

/** Whether a gradient can flow through an operator: true unless it is on the list, even where a rule is missing. */
export function isDifferentiable(operator: string): boolean {
  return !notDifferentiable.has(operator)
}

/** The rule of an operator. Throws when it has none. */
export function ruleFor(operator: string): VectorJacobianRule {
  const rule = gradientRules.get(operator)
  if (!rule) throw new Error(`operator ${operator} has no gradient rule`)
  return rule
}
