import { describe, expect, it } from 'vitest'
import { blockedDomain } from '../../../src-core/tensor-graph/blocked-operators.ts'
import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'
import {
  type Attributes,
  elementCount,
  type TensorData,
  type TensorGraph,
  type TensorValue,
} from '../../../src-core/tensor-graph/types.ts'
import { buildTrainStep } from '../../../src-core/training/build-train-step.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { optimizerSchema } from '../../../src-core/training/run-config.ts'
import { withBlockedChannels } from '../../../src-main/engine/process/onnx/blocked-layout.ts'
import { channelBlock } from '../../../src-main/engine/process/onnx/channel-blocks.ts'
import type { LayerLine } from '../../support/models.ts'
import { runOnnx } from '../../support/run-onnx.ts'
import { train } from '../../support/train-loop.ts'
import { batchesFor, optionsFor, start, valuesOf } from '../../support/training-options.ts'

const block = await channelBlock()

/** The largest difference between a graph and its counterpart in blocks, run on the same numbers. */
async function difference(graph: TensorGraph): Promise<number> {
  const feeds = Object.fromEntries(
    graph.inputs.map(({ name, shape }) => {
      const data = new Float32Array(elementCount(shape))
      fillUniform(data, 7, name, 0)
      return [name, data.map((value) => value - 0.5)]
    }),
  )
  const plain = await runOnnx(graph, feeds)
  const blocked = await runOnnx(withBlockedChannels(graph, block), feeds)
  expect(Object.keys(blocked)).toEqual(Object.keys(plain))
  const differences = Object.entries(plain).flatMap(([name, { data }]) =>
    numbers(data).map((value, index) => Math.abs(value - Number(blocked[name]?.data[index]))),
  )
  return differences.reduce((most, value) => Math.max(most, value), 0)
}

function numbers(data: TensorData): number[] {
  return Array.from(data, Number)
}

function blockedOperators(graph: TensorGraph): string[] {
  const { nodes } = withBlockedChannels(graph, block)
  return nodes.filter(({ domain }) => domain === blockedDomain).map(({ operator }) => operator)
}

interface Case {
  readonly batch?: number
  readonly channels?: number
  readonly filters?: number
  readonly size?: number
  readonly kernel?: readonly [number, number]
  readonly bias?: boolean
  readonly attributes?: Attributes
}

/** The result of one convolution of inputs `x`, `w` and perhaps `b`. */
function convolution(builder: GraphBuilder, given: Case): TensorValue {
  const { batch = 4, channels = 16, filters = 32, size = 24, kernel = [3, 3], bias, attributes = {} } = given
  const x = builder.input('x', 'float32', [batch, channels, size, size])
  const w = builder.input('w', 'float32', [filters, channels, ...kernel])
  const b = bias ? [builder.input('b', 'float32', [filters])] : []
  return builder.apply('Conv', [x, w, ...b], attributes)
}

// Where this processor has no blocked convolutions, there is nothing to compare.
describe.skipIf(block === 0)(`convolutions with channels in blocks of ${block}`, () => {
  it.each<[string, Case]>([
    ['a plain one', {}],
    ['with bias and pads of different sizes', { bias: true, attributes: { pads: [1, 0, 2, 1] } }],
    ['with strides', { size: 48, attributes: { strides: [2, 3], pads: [1, 1, 1, 1] } }],
    ['with dilations', { size: 30, attributes: { dilations: [2, 1] } }],
    ['of a colour picture', { channels: 3, attributes: { pads: [1, 1, 1, 1] } }],
    ['with a kernel of two sizes', { kernel: [1, 5] }],
  ])('give what plain ones give: %s', async (_name, given) => {
    const builder = new GraphBuilder('convolution')
    builder.output('y', convolution(builder, given))
    const graph = builder.build()
    expect(blockedOperators(graph)).toContain('Conv')
    expect(await difference(graph)).toBeLessThan(2e-5)
  })

  it('stay in blocks from one to the next, through Relu and MaxPool', async () => {
    const builder = new GraphBuilder('chain')
    const first = builder.apply('Relu', [convolution(builder, { batch: 16, channels: 3 })])
    const pooled = builder.apply('MaxPool', [first], { kernel_shape: [2, 2], strides: [2, 2] })
    const w = builder.input('w2', 'float32', [16, 32, 3, 3])
    builder.output('y', builder.apply('Conv', [pooled, w], { pads: [1, 1, 1, 1] }))
    const graph = builder.build()
    expect(blockedOperators(graph)).toEqual(['Conv', 'MaxPool', 'Conv', 'ReorderOutput'])
    expect(withBlockedChannels(graph, block).nodes.map(({ operator }) => operator)).not.toContain('Relu')
    expect(await difference(graph)).toBeLessThan(5e-5)
  })

  it('give others the plain order of a value that both kinds read, and keep a Relu that is not alone', async () => {
    const builder = new GraphBuilder('shared')
    const first = convolution(builder, {})
    const active = builder.apply('Relu', [first])
    const w = builder.input('w2', 'float32', [16, 32, 3, 3])
    builder.output('sum', builder.apply('Add', [first, active]))
    builder.output('first', first)
    builder.output('second', builder.apply('Conv', [active, w]))
    const graph = builder.build()
    expect(withBlockedChannels(graph, block).nodes.map(({ operator }) => operator)).toContain('Relu')
    expect(await difference(graph)).toBeLessThan(5e-5)
  })

  it.each<[string, Case]>([
    ['a filter count that makes no whole blocks', { filters: block + 1 }],
    ['channels that make no whole blocks', { channels: block + 1 }],
    ['a kernel of one element', { kernel: [1, 1] }],
    ['a kernel that is used but a few times', { batch: 1, size: 4 }],
  ])('leave alone what would gain nothing: %s', (_name, given) => {
    const builder = new GraphBuilder('plain')
    builder.output('y', convolution(builder, given))
    const graph = builder.build()
    expect(withBlockedChannels(graph, block)).toBe(graph)
  })

  it('train a net as plain ones do', async () => {
    const lines: readonly LayerLine[] = [
      ['input', 'input', { shape: [3, 16, 16] }],
      ['conv0', 'conv2d', { filters: 16, kernelSize: [3, 3], padding: 'same', activation: 'relu' }],
      ['pool', 'maxPooling2d'],
      ['conv1', 'conv2d', { filters: 32, kernelSize: [3, 3], padding: 'same', useBias: false }],
      ['norm', 'batchNormalization'],
      ['relu', 'activation', { activation: 'relu' }],
      ['mean', 'globalAveragePooling2d'],
      ['head', 'dense', { units: 4, activation: 'softmax' }],
      ['output', 'output'],
    ]
    const options = optionsFor(lines, undefined, {
      batchSize: 32,
      // Adam makes much of gradients that are next to nothing, and of their differences.
      optimizer: optimizerSchema.parse({ kind: 'momentum', learningRate: 0.01 }),
    })
    const step = buildTrainStep(options)
    expect(blockedOperators(step.graph).filter((operator) => operator === 'Conv').length).toBe(2)
    const batches = batchesFor(options, 10)
    const plain = await train(step, start(options), batches, { learningRate: 0.01 })
    const graph = withBlockedChannels(step.graph, block)
    const blocked = await train({ ...step, graph }, start(options), batches, { learningRate: 0.01 })
    for (const [index, { loss = Number.NaN }] of plain.means.entries()) {
      expect(Math.abs((blocked.means[index]?.loss ?? Number.NaN) / loss - 1)).toBeLessThan(1e-4)
    }
    const weights = valuesOf(plain.tensors, 'conv1.kernel')
    const found = valuesOf(blocked.tensors, 'conv1.kernel')
    expect(weights.length).toBe(16 * 32 * 9)
    expect(
      Math.max(...weights.map((value, index) => Math.abs(value - (found[index] ?? Number.NaN)))),
    ).toBeLessThan(1e-4)
  })
})

describe('where a processor has no blocked convolutions', () => {
  it('the graph stays as it is', () => {
    const builder = new GraphBuilder('plain')
    builder.output('y', convolution(builder, {}))
    const graph = builder.build()
    expect(withBlockedChannels(graph, 0)).toBe(graph)
  })
})
