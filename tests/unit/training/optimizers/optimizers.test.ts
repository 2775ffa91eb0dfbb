import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../../src-core/tensor-graph/graph-builder.ts'
import { optimizerRule } from '../../../../src-core/training/optimizers/optimizer-rules.ts'
import { type OptimizerConfig, optimizerSchema } from '../../../../src-core/training/run-config.ts'
import { openOnnx } from '../../../support/run-onnx.ts'

const gradients = [
  [0.5, -2, 0, 1e-3],
  [-0.25, -1, 0.1, 2e-3],
  [0.75, 3, 0, -1e-3],
]
const start = [1, -1, 0.5, 2]

/** Parameters after each of three steps with given gradients, through onnxruntime. */
async function run(config: OptimizerConfig): Promise<number[][]> {
  const builder = new GraphBuilder('optimizer')
  const rule = optimizerRule(config)
  const shape = [start.length]
  const parameter = builder.input('parameter', 'float32', shape)
  const gradient = builder.input('gradient', 'float32', shape)
  const slots = rule.slots.map((slot) => builder.input(slot, 'float32', shape))
  const learningRate = builder.input('learningRate', 'float32', [1])
  const stepNumber = builder.input('stepNumber', 'float32', [1])
  const coefficients = rule.coefficients({ builder, learningRate, stepNumber })
  const next = rule.update({ builder, parameter, gradient, slots, coefficients })
  builder.output('next', next.parameter)
  for (const [index, slot] of next.slots.entries()) builder.output(`next/${rule.slots[index]}`, slot)
  const session = await openOnnx(builder.build())

  const history: number[][] = []
  const state: Record<string, Float32Array> = { parameter: Float32Array.from(start) }
  for (const slot of rule.slots) state[slot] = new Float32Array(start.length)
  for (const [step, values] of gradients.entries()) {
    const results = await session.run({
      ...state,
      gradient: Float32Array.from(values),
      learningRate: Float32Array.of(config.learningRate),
      stepNumber: Float32Array.of(step + 1),
    })
    state.parameter = Float32Array.from(results.next?.data ?? [], Number)
    for (const slot of rule.slots)
      state[slot] = Float32Array.from(results[`next/${slot}`]?.data ?? [], Number)
    history.push([...state.parameter])
  }
  await session.release()
  return history
}

/** The same by the formulas of Keras 3, element by element in float64. */
function reference(
  update: (p: number, g: number, t: number, memory: Record<string, number>) => number,
): number[][] {
  const memories = start.map((): Record<string, number> => ({}))
  let parameters = [...start]
  return gradients.map((values, step) => {
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
})
