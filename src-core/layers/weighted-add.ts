import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import { defineLayer } from './define-layer.ts'
import { choice, text } from './parameter-fields.ts'
import { chain, inferMerge } from './support/merge.ts'
import { manyInputs, singleOutput } from './support/ports.ts'

export const weightedAddLayer = defineLayer({
  kind: 'weightedAdd',
  label: 'WeightedAdd',
  category: 'Merge',
  description:
    'Adds its inputs, each times a number of its own: learned ones, learned shares that add up to 1, or fixed ones.',
  formula: 'y = w₁ · x₁ + w₂ · x₂ + …',
  reference:
    'Tan, Pang and Le, "EfficientDet", 2020 (weighted feature fusion; the shares are its softmax form)',
  inputs: manyInputs,
  outputs: singleOutput,
  parameters: {
    weighting: choice({
      label: 'Weights',
      essential: true,
      description:
        'learned: any numbers, 1 at first. shares: softmax of learned numbers, equal at first. fixed: the given factors.',
      default: 'learned',
      choices: ['learned', 'shares', 'fixed'],
    }),
    factors: text({
      label: 'Factors',
      description: 'Fixed factors, one for each input, in the order of the wires; others do not use them.',
      default: '1, 1',
      examples: ['0.5, -1', '0.5; 0.25; 2e-1'],
    }),
  },
  inferShape: ({ inputs, parameters }) => {
    const { weighting, factors } = parameters
    if (weighting !== 'fixed' || parseFactors(factors)?.length === inputs.length) return inferMerge(inputs)
    return {
      code: 'layer.badParameter',
      expected: `expects ${inputs.length} numbers as factors, one for each input`,
      hint: `Its factors are "${factors}"; write them like 0.5, 1.5.`,
      parameter: 'factors',
      ownFault: true,
    }
  },
  maskRule: () => 'passes',
  weights: ({ inputs, parameters }) => {
    const { weighting } = parameters
    if (weighting === 'fixed') return []
    const { length } = inputs
    const kind = weighting === 'learned' ? 'ones' : 'zeros'
    const initializer = { kind, fanIn: length, fanOut: length } as const
    return [{ name: 'kernel', shape: [length], initializer, trainable: true }]
  },
  flops: ({ inputs, output }) => (2 * inputs.length - 1) * elementCount(output),
  lower: ({ builder, inputs, parameters, weight }) => {
    const factors =
      parameters.weighting === 'fixed'
        ? (parseFactors(parameters.factors) ?? []).map((factor) => builder.scalar(factor))
        : learnedFactors(builder, weight('kernel'), parameters.weighting)
    const terms = inputs.map((input, index) => builder.apply('Mul', [input, factors[index]]))
    return chain(builder, 'Add', terms)
  },
})

/** One factor for each input, [1] each. */
function learnedFactors(
  builder: GraphBuilder,
  kernel: TensorValue,
  weighting: 'learned' | 'shares',
): TensorValue[] {
  const factors = weighting === 'shares' ? builder.apply('Softmax', [kernel], { axis: 0 }) : kernel
  const [count] = kernel.shape
  const sizes = new Array<number>(count ?? 0).fill(1)
  return builder.applyMany('Split', [factors, builder.integers(sizes)], { axis: 0 }, sizes.length)
}

/** Numbers between commas, semicolons or spaces; `undefined` when something else is among them. */
function parseFactors(text: string): number[] | undefined {
  const numbers = text
    .trim()
    .split(/\s*[,;]\s*|\s+/)
    .map((part) => (part === '' ? Number.NaN : Number(part.replace('−', '-'))))
  return numbers.every(Number.isFinite) ? numbers : undefined
}
