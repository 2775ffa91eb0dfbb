import type { NamedTensor } from '../../src-core/tensor-graph/types.ts'
import type { TrainStepOptions } from '../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../src-core/training/initializers.ts'
import type { TargetDescription } from '../../src-core/training/losses/output-loss.ts'
import { resolveLosses } from '../../src-core/training/losses/resolve-loss.ts'
import { fillUniform } from '../../src-core/training/random.ts'
import { optimizerSchema, type TrainingSettings } from '../../src-core/training/run-config.ts'
import { documentOf, type LayerLine, planOf } from './models.ts'
import type { Batch } from './train-loop.ts'

/** A target with so many classes. */
export const category = (classes: number): TargetDescription => ({ kind: 'category', classes, name: 'label' })

/** What a training graph for these layers is built from: Adam, batches of 8, one step per run, unless changed. */
export function optionsFor(
  lines: readonly LayerLine[],
  target: TargetDescription = category(4),
  changes: Partial<TrainStepOptions> = {},
  training: Partial<TrainingSettings> = {},
): TrainStepOptions {
  const document = documentOf('model', lines)
  const plan = planOf({ ...document, training: { ...document.training, ...training } })
  const losses = resolveLosses(plan, new Map(plan.outputIds.map((id) => [id, target])))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  return {
    plan,
    optimizer: optimizerSchema.parse({ kind: 'adam', learningRate: 0.01 }),
    losses: losses.value,
    normalization: new Map(),
    batchSize: 8,
    stepsPerRun: 1,
    ...changes,
  }
}

/** Batches of noise, the same at every call. */
export function batchesFor(options: TrainStepOptions, count: number, classes = 4): Batch[] {
  const size = options.plan.layers[0]?.outputShape.reduce((product, axis) => product * axis, 1) ?? 1
  return Array.from({ length: count }, (_, batch) => {
    const features = new Float32Array(options.batchSize * size)
    fillUniform(features, 1, 'features', batch)
    const labels = new Float32Array(options.batchSize)
    fillUniform(labels, 1, 'labels', batch)
    const targets = Int32Array.from(labels, (value) => Math.floor(value * classes))
    return { features: { input: features }, targets: { output: targets } }
  })
}

/** First weights of a model, the same at every call. */
export function start(options: TrainStepOptions): Map<string, NamedTensor> {
  return initializeWeights(options.plan, 5)
}

/** The learning rate of all steps. */
export const rate = { learningRate: 0.01 }

/** The elements of a named tensor; none when there is no such tensor. */
export function valuesOf(tensors: ReadonlyMap<string, NamedTensor>, name: string): number[] {
  return Array.from(tensors.get(name)?.data ?? [], Number)
}
