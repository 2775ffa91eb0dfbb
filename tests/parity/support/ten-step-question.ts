import type { NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import type { TenStepCase } from './ten-step-cases.ts'
import { batchCount, inputValues, noiseAt, rows, steps, type TenStepModel } from './ten-step-model.ts'

function plain({
  shape,
  data,
}: {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number | bigint>
}) {
  return { shape, data: Array.from(data, Number) }
}

function weightOf(start: ReadonlyMap<string, NamedTensor>, name: string) {
  const tensor = start.get(name)
  if (!tensor) throw new Error(`the model has no weight ${name}`)
  return plain(tensor)
}

/** What torch-ten-steps.py is asked about a case. */
export function questionFor(one: TenStepCase, { options, step, start }: TenStepModel) {
  const layer = options.plan.layers.find(({ name }) => name === 'layer')
  const random = step.feeds[0]?.random ?? []
  return {
    ...(one.python === undefined ? one.keras : { python: one.python }),
    learningRate: one.learningRate,
    masks: (one.masks ?? []).map((mask) => mask ?? null),
    inputs: Array.from({ length: batchCount }, (_, batch) =>
      one.inputs.map((shape, index) =>
        plain({ shape: [rows, ...shape], data: inputValues(one, index, batch) }),
      ),
    ),
    weights: (layer?.weights ?? []).map(({ name, trainable }) => ({
      name,
      trainable,
      ...weightOf(start, `layer.${name}`),
    })),
    scales: one.inputs.flatMap((_, index) =>
      one.indicesBelow === undefined
        ? [{ gamma: weightOf(start, `scale${index}.gamma`), beta: weightOf(start, `scale${index}.beta`) }]
        : [],
    ),
    head: { kernel: weightOf(start, 'head.kernel'), bias: weightOf(start, 'head.bias') },
    noise: one.python?.includes('noise')
      ? Array.from({ length: steps }, (_, at) =>
          random.map((port) => plain({ shape: port.shape, data: noiseAt(port, at) })),
        )
      : [],
  }
}
