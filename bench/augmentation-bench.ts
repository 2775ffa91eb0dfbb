/**
 * `node bench/augmentation-bench.ts`: what augmenting a batch of 64 pictures of 3 × 32 × 32 costs on the CPU, beside a
 * forward pass and a whole training step of a small convolutional net without augmentation. Milliseconds, medians.
 */

import { availableParallelism } from 'node:os'
import { GraphBuilder } from '../src-core/tensor-graph/graph-builder.ts'
import {
  elementCount,
  type TensorData,
  type TensorGraph,
  type TensorValue,
} from '../src-core/tensor-graph/types.ts'
import { buildForwardStep } from '../src-core/training/build-forward-step.ts'
import { buildTrainStep } from '../src-core/training/build-train-step.ts'
import { lowerModel } from '../src-core/training/lower-model.ts'
import { fillUniform } from '../src-core/training/random.ts'
import { documentOf, type LayerLine, planOf } from '../tests/support/models.ts'
import { openOnnx } from '../tests/support/run-onnx.ts'
import { digits3, median } from './statistics.ts'

const batchSize = 64
const rounds = 60
const pictures: LayerLine = ['input', 'input', { shape: [3, 32, 32] }]

const chain: readonly LayerLine[] = [
  ['flip', 'randomFlip'],
  ['crop', 'randomCrop', { padding: 4 }],
  ['rotation', 'randomRotation', { degrees: 15 }],
  ['scale', 'normalization', { mean: [0.491, 0.482, 0.447], variance: [0.061, 0.059, 0.068] }],
]

/** Kinds measured alone, besides those of the chain. */
const single: readonly LayerLine[] = [
  ...chain,
  ['rotation, fill mode constant', 'randomRotation', { fillMode: 'constant' }],
  ['translation', 'randomTranslation'],
  ['zoom', 'randomZoom'],
  ['shear', 'randomShear'],
  ['brightness', 'randomBrightness'],
  ['contrast', 'randomContrast'],
  ['saturation', 'randomSaturation'],
  ['erasing', 'randomErasing'],
  ['blur', 'randomGaussianBlur'],
]

const conv = (name: string, filters: number): LayerLine => [
  name,
  'conv2d',
  { filters, kernelSize: [3, 3], padding: 'same', activation: 'relu' },
]
const net: readonly LayerLine[] = [
  pictures,
  conv('conv1', 32),
  conv('conv2', 32),
  ['pool1', 'maxPooling2d'],
  conv('conv3', 64),
  conv('conv4', 64),
  ['pool2', 'maxPooling2d'],
  ['flatten', 'flatten'],
  ['dense', 'dense', { units: 128, activation: 'relu' }],
  ['head', 'dense', { units: 10, activation: 'softmax' }],
  ['output', 'output'],
]

/** A graph of layers alone, as they are while training. */
function layersGraph(lines: readonly LayerLine[]): TensorGraph {
  const plan = planOf(documentOf('layers', [pictures, ...lines, ['output', 'output']]))
  const builder = new GraphBuilder('layers')
  const { values } = lowerModel({
    builder,
    plan,
    batchSize,
    training: true,
    inputs: new Map([['input', builder.input('x', 'float32', [batchSize, 3, 32, 32])]]),
    weight: (name) => builder.input(name, 'float32', [3]),
    updateWeight: () => {},
    random: (key, shape) => builder.input(`random/${key}`, 'float32', shape),
  })
  const last = values.get('output')
  if (!last) throw new Error('the layers have no output')
  builder.output('y', onlyChecksum(builder, last))
  return builder.build()
}

/** One number instead of all pictures, so that copying the result out of onnxruntime is not measured. */
function onlyChecksum(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.apply('ReduceSum', [value], { keepdims: 0 })
}

function feedsOf(graph: TensorGraph): Record<string, TensorData> {
  return Object.fromEntries(
    graph.inputs.map(({ name, dtype, shape }) => {
      const data = new Float32Array(elementCount(shape))
      fillUniform(data, 1, name, 0)
      if (name.startsWith('state/'))
        for (const [index, value] of data.entries()) data[index] = 0.02 * (value - 0.5)
      return [name, dtype === 'int32' ? Int32Array.from(data, (value) => 10 * value) : data]
    }),
  )
}

/** One graph at a time: the waiting threads of other sessions would take the processor from it. */
async function measure(name: string, graph: TensorGraph): Promise<void> {
  const session = await openOnnx(graph, { intraOpNumThreads: availableParallelism() })
  const feeds = feedsOf(graph)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await session.run(feeds)
    times.push(performance.now() - start)
  }
  await session.release()
  console.log(
    `${name.padEnd(40)} ${digits3(median(times)).padStart(7)} (least ${digits3(Math.min(...times))})`,
  )
}

function trainGraph(): TensorGraph {
  const step = buildTrainStep({
    plan: planOf(documentOf('net', net)),
    optimizer: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    losses: new Map([
      [
        'output',
        { kind: 'sparseCategoricalCrossentropy', target: 'classIndex', fromScores: false, weight: 1 },
      ],
    ]),
    normalization: new Map(),
    batchSize,
    stepsPerRun: 1,
  })
  return step.graph
}

const forward = buildForwardStep({
  plan: planOf(documentOf('net', net)),
  normalization: new Map(),
  batchSize,
}).graph
await measure('forward pass of the net', forward)
await measure('training step of the net', trainGraph())
await measure('nothing but the checksum', layersGraph([]))
await measure('flip, crop, rotation, normalization', layersGraph(chain))
for (const line of single) await measure(`  ${line[0]}`, layersGraph([line]))
