import { type AnyLayerDefinition, layerDefinition } from '../../../src-core/layers/catalogue.ts'
import { isRefusal, type ShapeRefusal } from '../../../src-core/layers/define-layer.ts'
import { resolveParameters } from '../../../src-core/layers/resolve-parameters.ts'
import { GraphBuilder } from '../../../src-core/tensor-graph/graph-builder.ts'
import { elementCount, type Shape, type TensorValue } from '../../../src-core/tensor-graph/types.ts'
import { fillUniform } from '../../../src-core/training/random.ts'
import { runOnnx } from '../../support/run-onnx.ts'

export function definitionOf(kind: string): AnyLayerDefinition {
  const definition = layerDefinition(kind)
  if (!definition) throw new Error(`there is no layer kind "${kind}"`)
  return definition
}

/** The shape a layer infers, or its refusal. */
export function inferred(
  kind: string,
  inputs: readonly Shape[],
  given: Record<string, unknown> = {},
): Shape | ShapeRefusal {
  const definition = definitionOf(kind)
  const { values, problems } = resolveParameters(definition, given)
  if (problems.length > 0) throw new Error(problems[0]?.message)
  return definition.inferShape({ parameters: values, inputs })
}

/** What a layer knows about itself once its shapes are known. */
export function shaped(kind: string, inputs: readonly Shape[], given: Record<string, unknown> = {}) {
  const definition = definitionOf(kind)
  const output = inferred(kind, inputs, given)
  if (isRefusal(output)) throw new Error(output.expected)
  const parameters = resolveParameters(definition, given).values
  const context = { parameters, inputs, output }
  return {
    definition,
    parameters,
    output,
    weights: definition.weights(context),
    flops: definition.flops(context),
  }
}

export interface LayerRun {
  readonly inputs: readonly { readonly shape: Shape; readonly data: Float32Array }[]
  readonly parameters?: Record<string, unknown>
  /** By name; what is absent starts as its initializer says, constants only. */
  readonly weights?: Readonly<Record<string, Float32Array>>
  readonly batchSize: number
  readonly training?: boolean
  /** Noise for layers that ask for it; of the first stream when they ask for several. */
  readonly noise?: Float32Array
  /** Padding masks of the inputs, [batch, steps] each. */
  readonly masks?: readonly (Float32Array | undefined)[]
  /** What the batch before has handed on, by name; values of its own for what is absent. */
  readonly carried?: Readonly<Record<string, Float32Array>>
}

export interface LayerResult {
  /** With the batch axis. */
  readonly shape: Shape
  readonly data: Float32Array
  /** Next values of statistics, by weight name. */
  readonly updates: Readonly<Record<string, Float32Array>>
  /** Names of the weights that the computation reads. */
  readonly usedWeights: readonly string[]
  /** The mask that the layer made. */
  readonly mask?: Float32Array
  /** What the layer adds to the loss. */
  readonly losses: readonly number[]
  /** What it hands on to the next batch, by name. */
  readonly handedOn: Readonly<Record<string, Float32Array>>
}

/** A layer lowered into a graph of its own. */
export interface LayerGraph {
  readonly builder: GraphBuilder
  /** Input tensors of the layer; weights by name. */
  readonly inputs: readonly TensorValue[]
  readonly weights: ReadonlyMap<string, TensorValue>
  readonly y: TensorValue
  readonly mask: TensorValue | undefined
  readonly updates: ReadonlyMap<string, TensorValue>
  readonly losses: readonly TensorValue[]
  readonly handedOn: ReadonlyMap<string, TensorValue>
  /** Values for every input of the graph. */
  readonly feeds: Readonly<Record<string, Float32Array>>
}

/** Lowers one layer. Input shapes are per sample. */
export function lowerOneLayer(kind: string, run: LayerRun): LayerGraph {
  const { batchSize, training = false } = run
  const shapes = run.inputs.map(({ shape }) => shape)
  const { definition, parameters, output, weights } = shaped(kind, shapes, run.parameters)
  const builder = new GraphBuilder(kind)
  const feeds: Record<string, Float32Array> = {}
  const feed = (name: string, shape: Shape, data: Float32Array) => {
    feeds[name] = data
    return builder.input(name, 'float32', shape)
  }
  const inputs = run.inputs.map(({ shape, data }, index) => feed(`x${index}`, [batchSize, ...shape], data))
  const weightValues = new Map(
    weights.map((weight) => {
      const data = run.weights?.[weight.name] ?? constantWeight(weight.initializer.kind, weight.shape)
      return [weight.name, feed(weight.name, weight.shape, data)]
    }),
  )
  const updates = new Map<string, TensorValue>()
  let streams = 0
  let mask: TensorValue | undefined
  const losses: TensorValue[] = []
  const handedOn = new Map<string, TensorValue>()
  const y = definition.lower({
    builder,
    parameters,
    inputs,
    output,
    batchSize,
    training,
    weight: (name) => weightValues.get(name) ?? fail(`${kind} asks for a weight ${name} it did not declare`),
    updateWeight: (name, next) => updates.set(name, next),
    random: (shape) => {
      streams += 1
      const given = streams === 1 ? run.noise?.subarray(0, elementCount(shape)) : undefined
      return feed(`noise${streams}`, shape, given ?? someNoise(elementCount(shape), streams))
    },
    addLoss: (value) => losses.push(value),
    masks: run.inputs.map(({ shape }, index) => {
      const given = run.masks?.[index]
      return given && feed(`mask${index}`, [batchSize, shape[0] ?? 1], given)
    }),
    setMask: (made) => {
      mask = made
    },
    carrier: {
      carried: (name, shape) => {
        const given = run.carried?.[name] ?? someNoise(elementCount(shape), 7)
        return feed(`carried ${name}`, shape, given)
      },
      carry: (name, next) => handedOn.set(name, next),
    },
  })
  return { builder, inputs, weights: weightValues, y, mask, updates, losses, handedOn, feeds }
}

/** Lowers one layer and runs it in onnxruntime. Input shapes are per sample. */
export async function runLayer(kind: string, run: LayerRun): Promise<LayerResult> {
  const { builder, weights, y, mask, updates, losses, handedOn, feeds } = lowerOneLayer(kind, run)
  builder.output('y', builder.producer(y) ? y : builder.apply('Identity', [y]))
  if (mask) builder.output('mask', mask)
  for (const [name, next] of updates) builder.output(`next ${name}`, next)
  for (const [index, loss] of losses.entries()) builder.output(`loss ${index}`, loss)
  for (const [name, next] of handedOn) builder.output(`handed on ${name}`, builder.detached(next))
  const graph = builder.build()
  const needed = Object.fromEntries(graph.inputs.map(({ name }) => [name, feeds[name] ?? new Float32Array()]))
  const results = await runOnnx(graph, needed)
  const floats = (name: string) => {
    const data = results[name]?.data
    return data instanceof Float32Array ? data : fail(`output ${name} holds no floats`)
  }
  const read = new Set(graph.nodes.flatMap((node) => node.inputs.map((input) => input?.name)))
  return {
    usedWeights: [...weights.keys()].filter((name) => read.has(name)),
    shape: results.y?.shape ?? [],
    data: floats('y'),
    updates: Object.fromEntries([...updates.keys()].map((name) => [name, floats(`next ${name}`)])),
    ...(mask && { mask: floats('mask') }),
    handedOn: Object.fromEntries([...handedOn.keys()].map((name) => [name, floats(`handed on ${name}`)])),
    losses: losses.map((_, index) => floats(`loss ${index}`)[0] ?? Number.NaN),
  }
}

function constantWeight(kind: string, shape: Shape): Float32Array {
  if (kind !== 'zeros' && kind !== 'ones') throw new Error(`give values for a weight that starts ${kind}`)
  return new Float32Array(elementCount(shape)).fill(kind === 'ones' ? 1 : 0)
}

function fail(message: string): never {
  throw new Error(message)
}

/** Reproducible noise in [0, 1). */
export function someNoise(count: number, stream: number): Float32Array {
  const noise = new Float32Array(count)
  fillUniform(noise, stream, 'noise', 0)
  return noise
}

/** Reproducible values that are neither equal nor ordered, in about −1 to 1. */
export function someValues(count: number, phase = 0): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, index) => Math.sin(1.7 * index + phase) * Math.cos(0.3 * index),
  )
}
