import { expect, it } from 'vitest'
import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { initializeWeights } from '../../../src-core/training/initializers.ts'
import { resolveLosses } from '../../../src-core/training/losses/resolve-loss.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import type { BatchSource } from '../../../src-main/engine/process/batch.ts'
import type { Engine } from '../../../src-main/engine/process/engine.ts'
import { OnnxEngine } from '../../../src-main/engine/process/onnx/onnx-engine.ts'
import { TensorflowEngine } from '../../../src-main/engine/process/tensorflow/tensorflow-engine.ts'
import { TrainLoop } from '../../../src-main/engine/process/train-loop.ts'
import { documentOf, type LayerLine, leNet, mlp, planOf, smallResNet } from '../../support/models.ts'
import { describeWithTensorflow, tensorflow } from '../../support/tensorflow.ts'

const batchSize = 16
const steps = 8

/** Every row has numbers of its own, and the class of its largest among the first ones. */
function source(classes: number): BatchSource {
  return {
    features: (_, port) => {
      const data = new Float32Array(elementCount(port.shape))
      return { data, fill: (_rows, from) => fillUniform(data, 5, 'features', from) }
    },
    targets: (_, port) => {
      const data = new Int32Array(elementCount(port.shape))
      const noise = new Float32Array(data.length)
      const fill = (_rows: Uint32Array, from: number) => {
        fillUniform(noise, 6, 'targets', from)
        for (const [row, number] of noise.entries()) data[row] = Math.floor(number * classes)
      }
      return { data, fill }
    },
  }
}

/** A model's training loop on an engine, its weights loaded. */
async function loopOn(engine: Engine, lines: readonly LayerLine[], stepsPerRun: number) {
  const document = documentOf('model', lines)
  const plan = planOf({ ...document, training: { ...document.training, shuffle: false } })
  const classes = plan.layers.at(-1)?.outputShape[0] ?? 0
  const losses = resolveLosses(plan, new Map([['output', { kind: 'category', classes, name: 'label' }]]))
  if (!losses.ok) throw new Error(losses.problems[0]?.message)
  const optimizer = optimizerSchema.parse({ kind: 'adam' })
  const loop = new TrainLoop({
    engine,
    build: (size, chained) =>
      buildTrainStep({
        plan,
        optimizer,
        losses: losses.value,
        normalization: new Map(),
        batchSize: size,
        stepsPerRun: chained,
      }),
    source: source(classes),
    seed: 9,
  })
  await loop.load(initializeWeights(plan, 3), batchSize)
  const rows = new Uint32Array(batchSize * stepsPerRun)
  const run = async (step: number) => {
    const sums = await loop.run({
      rows,
      from: step * batchSize,
      batchSize,
      stepsPerRun,
      step,
      learningRate: () => optimizer.learningRate,
    })
    const { length } = loop.sums.sumNames
    return Array.from({ length: stepsPerRun }, (_, index) => {
      const [weight = 0, loss = 0] = Array.from(sums).slice(index * length)
      return loss / weight
    })
  }
  return { loop, run }
}

async function lossesOn(engine: Engine, lines: readonly LayerLine[], stepsPerRun: number): Promise<number[]> {
  const { loop, run } = await loopOn(engine, lines, stepsPerRun)
  const losses: number[] = []
  for (let step = 0; step < steps; step += stepsPerRun) losses.push(...(await run(step)))
  await loop.dispose()
  return losses
}

const stateful: readonly LayerLine[] = [
  ['input', 'input', { shape: [5, 3] }],
  ['gru', 'gru', { units: 6, returnSequences: true, stateful: true }],
  ['simple', 'simpleRnn', { units: 5, returnSequences: true, stateful: true }],
  ['lstm', 'lstm', { units: 4, stateful: true }],
  ['head', 'dense', { units: 4, activation: 'softmax' }],
  ['output', 'output'],
]

const models: [string, readonly LayerLine[], number][] = [
  ['MLP 64-32-16-4', mlp(64, [32, 16], 4), 1],
  ['MLP 64-32-16-4, four steps in a run', mlp(64, [32, 16], 4), 4],
  ['LeNet with dropout', leNet(0.5), 1],
  ['ResNet with batch normalisation', smallResNet(), 1],
  ['stateful layers', stateful, 1],
  ['stateful layers, two steps in a run', stateful, 2],
]

describeWithTensorflow('training graphs on TensorFlow', () => {
  it.each(models)('have the losses of onnxruntime: %s', async (name, lines, stepsPerRun) => {
    const library = await tensorflow()
    const reference = new OnnxEngine({ provider: 'cpu', device: 'any', threads: 1 })
    const expected = await lossesOn(reference, lines, stepsPerRun)
    const found = await lossesOn(new TensorflowEngine(library, 'any'), lines, stepsPerRun)
    expect(expected).toHaveLength(steps)
    expect(expected.every(Number.isFinite)).toBe(true)
    const largest = Math.max(...expected.map((loss, step) => Math.abs((found[step] ?? 0) - loss) / loss))
    console.info(
      `${name}: loss ${expected[0]?.toFixed(4)} → ${expected.at(-1)?.toFixed(4)}, largest relative difference ` +
        `of TensorFlow to onnxruntime over ${steps} Adam steps ${largest.toExponential(1)}`,
    )
    expect(largest).toBeLessThan(1e-4)
  })

  it.each(models)('hold no tensor more after many steps: %s', async (_, lines, stepsPerRun) => {
    const { tf, binding } = await tensorflow()
    const before = tf.memory().numTensors
    const { loop, run } = await loopOn(new TensorflowEngine(await tensorflow(), 'any'), lines, stepsPerRun)
    const held: object[] = []
    for (let step = 0; step < 6; step++) {
      await run(step * stepsPerRun)
      // What TensorFlow itself holds counts as well as what TensorFlow.js knows of.
      held.push({ native: binding.getNumOfTensors(), known: tf.memory().numTensors })
    }
    expect(held.slice(1)).toEqual(new Array(5).fill(held[0]))
    await loop.dispose()
    // Weights and optimizer slots are the loop's until another run takes them over.
    expect(tf.memory().numTensors - before).toBeLessThan(20)
  })
})
