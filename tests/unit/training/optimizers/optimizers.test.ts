import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../../src-core/tensor-graph/graph-builder.ts'
import { stepCoefficients } from '../../../../src-core/training/optimizers/step-coefficients.ts'
import {
  moveWeights,
  updateSlots,
  weightUpdate,
} from '../../../../src-core/training/optimizers/weight-update.ts'
import { type OptimizerConfig, optimizerSchema } from '../../../../src-core/training/run-config.ts'
import { packState, stateEntries } from '../../../../src-core/training/state-packing.ts'
import { declareState, outputState, statePort } from '../../../../src-core/training/training-state.ts'
import type { WeightGroup } from '../../../../src-core/training/weight-groups.ts'
import { openOnnx } from '../../../support/run-onnx.ts'

const gradients = [
  [0.5, -2, 0, 1e-3],
  [-0.25, -1, 0.1, 2e-3],
  [0.75, 3, 0, -1e-3],
]
const start = [1, -1, 0.5, 2]

const group: WeightGroup = {
  name: 'parameter',
  shape: [start.length],
  trainable: true,
  learningRateFactor: 1,
  decays: true,
  weights: [{ name: 'parameter', shape: [start.length], offset: 0, size: start.length }],
}

/** Parameters after each of some steps with given gradients, through onnxruntime. */
async function run(config: OptimizerConfig, given = gradients): Promise<number[][]> {
  const builder = new GraphBuilder('optimizer')
  const update = weightUpdate(config, {})
  const entries = stateEntries([group], () => updateSlots(update, group))
  const gradient = builder.input('gradient', 'float32', group.shape)
  const learningRate = builder.input('learningRate', 'float32', [1])
  const stepCount = builder.input('stepCount', 'float32', [])
  const [coefficients] = stepCoefficients(update, builder, { learningRate, stepCount }, [1])
  if (!coefficients) throw new Error('no coefficients')
  const state = declareState(builder, entries)
  const next = moveWeights(update, {
    builder,
    groups: [group],
    state,
    coefficients,
    gradient: () => gradient,
  })
  outputState(builder, entries, next)
  const session = await openOnnx(builder.build())

  const history: number[][] = []
  const data = Float32Array.from(start)
  let values = packState(
    entries,
    new Map([['parameter', { name: 'parameter', dtype: 'float32', shape: group.shape, data }]]),
  )
  for (const [step, row] of given.entries()) {
    const results = await session.run({
      ...Object.fromEntries(entries.map((entry, index) => [statePort(entry).input, values[index] ?? data])),
      gradient: Float32Array.from(row),
      learningRate: Float32Array.of(config.learningRate),
      stepCount: Float32Array.of(step),
    })
    values = entries.map((entry) => results[statePort(entry).output]?.data ?? new Float32Array())
    history.push(Array.from(values[0] ?? [], Number))
  }
  await session.release()
  return history
}

/** The same by the formulas of Keras 3, element by element in float64. */
function reference(
  update: (p: number, g: number, t: number, memory: Record<string, number>) => number,
  given = gradients,
): number[][] {
  const memories = start.map((): Record<string, number> => ({}))
  let parameters = [...start]
  return given.map((values, step) => {
    parameters = parameters.map((p, i) => update(p, values[i] ?? 0, step + 1, memories[i] ?? {}))
    return parameters
  })
}

function adamStep(lr: number, beta1: number, beta2: number, epsilon: number, decay = 0) {
  return (p: number, g: number, t: number, memory: Record<string, number>) => {
    const m = (memory.m ?? 0) + (g - (memory.m ?? 0)) * (1 - beta1)
    const v = (memory.v ?? 0) + (g * g - (memory.v ?? 0)) * (1 - beta2)
    Object.assign(memory, { m, v })
    const alpha = (lr * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t)
    return p - p * decay * lr - (m * alpha) / (Math.sqrt(v) + epsilon)
  }
}

function momentumStep(lr: number, momentum: number, nesterov: boolean, decay = 0) {
  return (p: number, g: number, _t: number, memory: Record<string, number>) => {
    const m = (memory.m ?? 0) * momentum - lr * g
    memory.m = m
    return p - p * decay * lr + (nesterov ? m * momentum - lr * g : m)
  }
}

const cases: [string, Parameters<typeof optimizerSchema.parse>[0], ReturnType<typeof adamStep>][] = [
  ['sgd', { kind: 'sgd', learningRate: 0.1 }, (p, g) => p - 0.1 * g],
  [
    'sgd with weight decay',
    { kind: 'sgd', learningRate: 0.1, weightDecay: 0.02 },
    (p, g) => p - p * 0.002 - 0.1 * g,
  ],
  ['momentum', { kind: 'momentum', learningRate: 0.1, momentum: 0.8 }, momentumStep(0.1, 0.8, false)],
  [
    'nesterov with weight decay',
    { kind: 'nesterov', learningRate: 0.1, momentum: 0.8, weightDecay: 0.02 },
    momentumStep(0.1, 0.8, true, 0.02),
  ],
  ['adam', { kind: 'adam' }, adamStep(0.001, 0.9, 0.999, 1e-7)],
  [
    'adam with a large epsilon',
    { kind: 'adam', learningRate: 0.05, epsilon: 0.1 },
    adamStep(0.05, 0.9, 0.999, 0.1),
  ],
  ['adam without first moment', { kind: 'adam', beta1: 0 }, adamStep(0.001, 0, 0.999, 1e-7)],
  ['adamw', { kind: 'adamw', learningRate: 0.01, weightDecay: 0.1 }, adamStep(0.01, 0.9, 0.999, 1e-7, 0.1)],
]

describe('optimizers', () => {
  it.each(cases)('%s follows its formula', async (_name, config, step) => {
    const found = await run(optimizerSchema.parse(config))
    const expected = reference(step)
    for (const [index, row] of expected.entries()) {
      for (const [element, value] of row.entries()) {
        expect(Math.abs((found[index]?.[element] ?? Number.NaN) - value)).toBeLessThan(
          3e-7 * Math.max(1, Math.abs(value)),
        )
      }
    }
  })

  it('moves by exactly the learning rate in the first Adam step, whatever the gradient', async () => {
    const [first = []] = await run(optimizerSchema.parse({ kind: 'adam', learningRate: 0.5 }))
    expect(first[0]).toBeCloseTo(0.5, 5)
    expect(first[1]).toBeCloseTo(-0.5, 5)
    // Only epsilon keeps tiny gradients from counting fully: 1e-3 / (1e-3 + 1e-7 / √0.001).
    expect(first[3]).toBeCloseTo(2 - (0.5 * 1e-3) / (1e-3 + 1e-7 / Math.sqrt(1e-3)), 5)
  })

  it('keeps the momentum schedule of Nadam exact over hundreds of steps without remembering it', async () => {
    const many = Array.from({ length: 300 }, (_, step) => start.map((_, i) => Math.sin(step * (i + 1))))
    const found = await run(optimizerSchema.parse({ kind: 'nadam', learningRate: 0.01 }), many)
    const expected = reference((p, g, t, memory) => {
      const u = (at: number) => 0.9 * (1 - 0.5 * 0.96 ** at)
      const product = (memory.product ?? 1) * u(t)
      const m = (memory.m ?? 0) * 0.9 + 0.1 * g
      const v = (memory.v ?? 0) * 0.999 + 0.001 * g * g
      Object.assign(memory, { product, m, v })
      const direction = (u(t + 1) * m) / (1 - product * u(t + 1)) + ((1 - u(t)) * g) / (1 - product)
      return p - (0.01 * direction) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-7)
    }, many)
    const differences = expected.flatMap((row, step) =>
      row.map((value, i) => Math.abs((found[step]?.[i] ?? Number.NaN) - value)),
    )
    expect(Math.max(...differences)).toBeLessThan(3e-6)
  })
})
