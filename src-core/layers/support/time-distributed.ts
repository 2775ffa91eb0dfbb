import { elementCount, type Shape } from '../../tensor-graph/types.ts'
import { defineLayer, isRefusal, type LayerDefinition } from '../define-layer.ts'
import type { ParameterSchema } from '../parameter-fields.ts'
import { onlyShape, onlyTensor } from './context.ts'

interface Texts {
  readonly kind: string
  readonly label: string
  readonly description: string
}

/**
 * The layer that applies another one, with the same weights, to every step of a sequence, as
 * keras.layers.TimeDistributed: steps join the batch and leave it again. The inner layer takes one input, makes no noise
 * and keeps no statistics.
 */
export function timeDistributed<const S extends ParameterSchema>(
  inner: LayerDefinition<S>,
  texts: Texts,
): LayerDefinition<S> {
  const stepShapes = (inputs: readonly Shape[]) => [onlyShape({ inputs }).slice(1)]
  const steps = (inputs: readonly Shape[]) => onlyShape({ inputs })[0] ?? 1
  return defineLayer<S>({
    ...inner,
    ...texts,
    category: 'Recurrent',
    formula: `y[t] = ${inner.label}(x[t])`,
    reference: `Keras 3: keras.layers.TimeDistributed(${inner.label})`,
    inferShape: ({ inputs, parameters }) => {
      const shape = onlyShape({ inputs })
      if (shape.length < 2) {
        return {
          code: 'shape.rank',
          expected: 'expects a sequence (steps × what each step holds)',
          hint: 'Insert a Reshape whose first axis is the steps.',
        }
      }
      const result = inner.inferShape({ parameters, inputs: stepShapes(inputs) })
      if (!isRefusal(result)) return [steps(inputs), ...result]
      // What mends the inner layer would mend the whole sequence here.
      const { remedy: _, fix: __, ...refusal } = result
      return { ...refusal, expected: refusal.expected.replace('expects', 'expects at every step') }
    },
    maskRule: () => 'passes',
    weights: ({ inputs, output, parameters }) =>
      inner.weights({ parameters, inputs: stepShapes(inputs), output: output.slice(1) }),
    flops: ({ inputs, output, parameters }) =>
      steps(inputs) * inner.flops({ parameters, inputs: stepShapes(inputs), output: output.slice(1) }),
    activationElements: ({ inputs, output, parameters }) => {
      const context = { parameters, inputs: stepShapes(inputs), output: output.slice(1) }
      return steps(inputs) * (inner.activationElements?.(context) ?? elementCount(context.output))
    },
    advise: () => undefined,
    lower: (context) => {
      const { builder, batchSize, inputs, output } = context
      const x = onlyTensor({ inputs })
      const [, count = 1, ...step] = x.shape
      const joined = builder.apply('Reshape', [x, builder.integers([-1, ...step])])
      const result = inner.lower({
        ...context,
        inputs: [joined],
        output: output.slice(1),
        batchSize: batchSize * count,
        masks: [],
      })
      return builder.apply('Reshape', [result, builder.integers([-1, ...output])])
    },
  })
}
