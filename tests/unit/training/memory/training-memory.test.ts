import { describe, expect, it } from 'vitest'
import { problem } from '../../../../src-core/problems.ts'
import { resolveLosses } from '../../../../src-core/training/losses/resolve-loss.ts'
import { largestFittingBatch } from '../../../../src-core/training/memory/largest-batch.ts'
import {
  bytesText,
  memoryText,
  memoryWarning,
  withMemoryAdvice,
} from '../../../../src-core/training/memory/memory-report.ts'
import { graphSettingsKey, TrainingGraphs } from '../../../../src-core/training/memory/training-graphs.ts'
import { trainingMemory } from '../../../../src-core/training/memory/training-memory.ts'
import { trainingSettingsSchema } from '../../../../src-core/training/run-config.ts'
import { documentOf, leNet, planOf } from '../../../support/models.ts'

const plan = planOf(documentOf('LeNet', leNet()))
const resolved = resolveLosses(plan, new Map([['output', { kind: 'category', classes: 10, name: 'label' }]]))
if (!resolved.ok) throw new Error(resolved.problems[0]?.message)
const losses = resolved.value
const parts = { train: 8192, validation: 1000, test: 1000 }

function memoryAt(batchSize: number, settings: Readonly<Record<string, unknown>> = {}, steps = 1) {
  const parsed = trainingSettingsSchema.parse({ batchSize, ...settings })
  return trainingMemory({
    graphs: new TrainingGraphs(plan, losses, parsed),
    settings: parsed,
    parts,
    dataBytes: 7_840_000,
    stepsPerRun: () => steps,
  })
}

describe('the memory of a training', () => {
  it('grows in proportion to the batch, and its other parts do not', () => {
    const [small, middle, large] = [memoryAt(128), memoryAt(512), memoryAt(2048)]
    expect(middle.state).toBe(small.state)
    expect(middle.data).toBe(7_840_000)
    const perSample = (large.batch - middle.batch) / (2048 - 512)
    const perSampleBelow = (middle.batch - small.batch) / (512 - 128)
    expect(Math.abs(perSample / perSampleBelow - 1)).toBeLessThan(0.05)
    // What the forward pass keeps is the least that a batch can take.
    expect(perSample).toBeGreaterThan(4 * plan.activationElements)
  })

  it('counts optimizer slots', () => {
    const sgd = memoryAt(128, { optimizer: { kind: 'sgd' } }).state
    const adam = memoryAt(128, { optimizer: { kind: 'adam' } }).state
    expect(sgd).toBeGreaterThan(4 * plan.parameterCount)
    expect(Math.abs(adam / sgd - 3)).toBeLessThan(0.01)
  })

  it('counts the sessions of chained steps, of a short last batch and of accumulation', () => {
    const plain = memoryAt(512).batch
    expect(memoryAt(512, {}, 4).batch).toBeGreaterThan(1.5 * plain)
    expect(memoryAt(500).batch).toBeGreaterThan(memoryAt(512).batch)
    expect(memoryAt(512, { gradientAccumulationSteps: 4 }).batch).toBeGreaterThan(1.5 * plain)
  })

  it('counts both precisions where float16 was asked for, since both are measured first', () => {
    const float = memoryAt(512)
    const mixed = memoryAt(512, { precision: 'mixed16', engine: 'cpu' })
    expect(mixed.batch).toBeGreaterThan(1.2 * float.batch)
    expect(mixed.data).toBe(float.data)
    // What runs then is float32, and its sessions are the larger part of what was measured.
    const auto = memoryAt(512, { precision: 'mixed16', engine: 'auto' }, 8)
    expect(auto.batch).toBe(memoryAt(512, {}, 8).batch)
  })

  it('never counts a batch larger than the data', () => {
    expect(memoryAt(65_536).total).toBe(memoryAt(8192).total)
  })
})

describe('the graphs of a training', () => {
  const keyWith = (settings: object) => graphSettingsKey(trainingSettingsSchema.parse(settings))

  it('are built once for each batch size', () => {
    const graphs = new TrainingGraphs(plan, losses, trainingSettingsSchema.parse({}))
    expect(graphs.training(8)).toBe(graphs.training(8))
    expect(graphs.evaluation(8)).toBe(graphs.evaluation(8))
    expect(graphs.training(16)).not.toEqual(graphs.training(8))
    expect(graphs.training(8, 'mixed16')).toBe(graphs.training(8, 'mixed16'))
    expect(graphs.training(8, 'mixed16').nodes).toBeGreaterThan(graphs.training(8).nodes)
  })

  it('are the same whatever is changed beside them', () => {
    const beside = [
      { epochs: 7, batchSize: 5, seed: 9, engine: 'cpu', warmUp: {}, earlyStopping: {} },
      { schedule: { kind: 'cosine' }, split: { train: 0.6, validation: 0.2, test: 0.2 } },
      { optimizer: { kind: 'adam', learningRate: 0.5 } },
    ]
    const plain = { optimizer: { kind: 'adam' } }
    const facts = (settings: object) =>
      new TrainingGraphs(plan, losses, trainingSettingsSchema.parse(settings)).training(8)
    for (const settings of beside) {
      expect(keyWith({ ...plain, ...settings })).toBe(keyWith(plain))
      expect(facts({ ...plain, ...settings })).toEqual(facts(plain))
    }
  })

  it('are others for another optimizer, clipping or mixing', () => {
    const shaping = [
      {},
      { optimizer: { kind: 'sgd' } },
      { clipping: { kind: 'globalNorm', limit: 1 } },
      { mixing: {} },
      { gradientAccumulationSteps: 2 },
      { precision: 'mixed16' },
    ]
    expect(new Set(shaping.map(keyWith)).size).toBe(shaping.length)
  })
})

describe('the largest batch that fits', () => {
  const needed = (batchSize: number) => 1000 + 10 * batchSize

  it('is a power of two below the batch that does not', () => {
    expect(largestFittingBatch(needed, 1000, 4000)).toBe(256)
    expect(largestFittingBatch(needed, 1000, 3560)).toBe(256)
    expect(largestFittingBatch(needed, 1000, 3559)).toBe(128)
  })

  it('is checked where memory does not grow evenly', () => {
    const steep = (batchSize: number) => (batchSize > 100 ? 5000 : 10 * batchSize)
    expect(largestFittingBatch(steep, 1000, 4000)).toBe(64)
  })

  it('is nothing where not even one sample fits', () => {
    expect(largestFittingBatch(needed, 1000, 1005)).toBeUndefined()
    expect(largestFittingBatch(needed, 1, 10)).toBeUndefined()
  })
})

describe('what people are told of memory', () => {
  const training = trainingSettingsSchema.parse({ batchSize: 4096 })
  const report = { batchSize: 4096, needed: 7.44e9, available: 6.2e9, fittingBatchSize: 2048 }

  it('is short when it fits', () => {
    const roomy = { batchSize: 128, needed: 1.81e9, available: 6.04e9, fittingBatchSize: null }
    expect(memoryText(roomy)).toBe('needs about 1.8 GB at batch size 128; 6 GB free')
    expect(memoryWarning(roomy, training)).toBeUndefined()
    expect([bytesText(312_400_000), bytesText(24_000_000_000)]).toEqual(['312 MB', '24 GB'])
  })

  it('is a warning with a remedy when it does not', () => {
    expect(memoryWarning(report, training)).toEqual({
      code: 'run.outOfMemory',
      severity: 'warning',
      message: 'Training needs about 7.4 GB of memory at batch size 4,096, but 6.2 GB are free.',
      hint: 'A batch size of 2,048 would fit.',
      batchSize: 2048,
      fix: {
        label: 'Set the batch size to 2,048',
        edits: [{ type: 'setTraining', training: { ...training, batchSize: 2048 } }],
      },
    })
  })

  it('does not promise a batch size that would not help', () => {
    expect(memoryWarning({ ...report, fittingBatchSize: null }, training)).toMatchObject({
      hint: 'End other programs, or make the model smaller.',
    })
  })

  it('completes what failed', () => {
    const failed = problem('run.outOfMemory', 'Memory ran out at step 12.', { hint: 'old' })
    expect(withMemoryAdvice(failed, report, training)).toMatchObject({
      severity: 'error',
      message: 'Memory ran out at step 12. The run needs about 7.4 GB at batch size 4,096; 6.2 GB are free.',
      hint: 'A batch size of 2,048 would fit.',
      batchSize: 2048,
    })
  })
})
