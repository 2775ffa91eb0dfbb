import { afterAll, describe, expect, it } from 'vitest'
import { differentiate } from '../../../src-core/autodiff/differentiate.ts'
import { type AnyLayerDefinition, allLayerDefinitions } from '../../../src-core/layers/catalogue.ts'
import { isRefusal } from '../../../src-core/layers/define-layer.ts'
import { resolveParameters } from '../../../src-core/layers/resolve-parameters.ts'
import { elementCount, type Shape, type TensorGraph } from '../../../src-core/tensor-graph/types.ts'
import { LargestDifference, relativeDifference } from '../../support/reference-interpreter/compare.ts'
import { interpret } from '../../support/reference-interpreter/interpret.ts'
import { runOnnx } from '../../support/run-onnx.ts'
import { lowerOneLayer, someValues } from './run-layer.ts'
import { trialShapes, trials, wireCount } from './trials.ts'

/** Kinds whose gradient is not compared as a whole, with the reason. */
const exempt: Readonly<Record<string, string>> = {
  input: 'has nothing to compute',
  noise: 'has no input to differentiate by',
}

/** Kinds whose gradient depends on the padding mask of a sequence: they are tried with one, too. */
const readsMask: readonly string[] = [
  'batchNormalization',
  'globalAveragePooling1d',
  'gru',
  'lstm',
  'bidirectionalLstm',
  'transformerEncoder',
]

const batchSize = 2
const checkedElements = 10

/** Blocks are made of layers that are compared here by themselves: smaller shapes and fewer elements do. */
const blockShapes: readonly Shape[] = [
  [5, 4],
  [4, 5, 4],
]
const checkedBlockElements = 3
const fromDifferences = new LargestDifference()
const fromOnnx = new LargestDifference()
afterAll(() => {
  console.info(`layers, float64 against central differences: largest relative difference ${fromDifferences}`)
  console.info(`layers, onnxruntime against float64: largest relative difference ${fromOnnx}`)
  fromDifferences.save(
    'layer-gradients',
    'Gradients of layers, double precision, against central differences',
  )
})

/** Where a layer's weights come from, and how they are penalised, does not enter its gradient. */
const withoutEffect = /(Initializer|L1|L2|Constraint)$/

/** Sizes that keep the interpreter quick. */
function smallDefaults(definition: AnyLayerDefinition): Record<string, unknown> {
  const [largest, instead] = definition.category === 'Block' ? [2, 2] : [8, 4]
  return Object.fromEntries(
    Object.entries(definition.parameters).flatMap(([name, field]) =>
      field.control === 'integer' && field.default > largest ? [[name, Math.max(field.min, instead)]] : [],
    ),
  )
}

function smallTrials(definition: AnyLayerDefinition): Record<string, unknown>[] {
  const small = smallDefaults(definition)
  return trials(definition)
    .filter((given) => !Object.keys(given).some((name) => withoutEffect.test(name)))
    .filter((given) => definition.category !== 'Block' || isNeededForBlocks(definition, given))
    .map((given) => (fittingShape(definition, { ...small, ...given }) ? { ...small, ...given } : given))
}

/** Of the choices of a block, e.g. its activation, the last one is tried besides the default. */
function isNeededForBlocks(definition: AnyLayerDefinition, given: Record<string, unknown>): boolean {
  return Object.entries(given).every(([name, value]) => {
    const field = definition.parameters[name]
    return field?.control !== 'choice' || value === field.choices.at(-1)
  })
}

/** The first of the trial shapes that a layer takes with these parameters. */
function fittingShape(
  definition: AnyLayerDefinition,
  given: Record<string, unknown>,
): readonly Shape[] | undefined {
  const parameters = resolveParameters(definition, given).values
  return (definition.category === 'Block' ? blockShapes : trialShapes)
    .map((shape) => Array.from({ length: wireCount(definition) }, () => shape))
    .find((inputs) => !isRefusal(definition.inferShape({ parameters, inputs })))
}

/** A layer, a random weighted sum of its results, and the gradients of that sum, in training as a step runs it. */
function gradientGraph(
  definition: AnyLayerDefinition,
  given: Record<string, unknown>,
  shapes: readonly Shape[],
  mask?: Float32Array,
) {
  const parameters = resolveParameters(definition, given).values
  const output = definition.inferShape({ parameters, inputs: shapes })
  if (isRefusal(output)) throw new Error(output.expected)
  const specs = definition.weights({ parameters, inputs: shapes, output })
  const layer = lowerOneLayer(definition.kind, {
    inputs: shapes.map((shape, index) => ({
      shape,
      data: someValues(batchSize * elementCount(shape), index + 0.5),
    })),
    parameters: given,
    weights: Object.fromEntries(
      specs.map(({ name, shape }, index) => [
        name,
        someValues(elementCount(shape), index + 3).map((value) => 0.2 + Math.abs(value)),
      ]),
    ),
    batchSize,
    training: true,
    masks: [mask],
  })
  const { builder, y, losses } = layer
  const count = elementCount(y.shape)
  const factors = builder.constant('float32', y.shape, someValues(count, 11), 'factors')
  const sum = builder.apply('ReduceSum', [builder.apply('Mul', [y, factors])], { keepdims: 0 })
  const scalar = losses.reduce((total, loss) => builder.apply('Add', [total, loss]), sum)
  builder.output('scalar', scalar)
  const forward = builder.build()
  const trainable = specs
    .filter((spec) => spec.trainable)
    .flatMap(({ name }) => layer.weights.get(name) ?? [])
  const variables = [...layer.inputs, ...trainable]
  for (const [index, gradient] of differentiate(builder, scalar, variables).entries()) {
    const variable = variables[index]
    expect(gradient.shape).toEqual(variable?.shape)
    builder.output(
      `gradient of ${variable?.name}`,
      builder.producer(gradient) ? gradient : builder.apply('Identity', [gradient]),
    )
  }
  return { forward, whole: builder.build(), variables, feeds: layer.feeds }
}

/** ∂scalar by some elements of one input, from the values at ± a small step. */
function centralDifferences(
  graph: TensorGraph,
  feeds: Readonly<Record<string, Float32Array>>,
  name: string,
  elements: number,
) {
  const values = Array.from(feeds[name] ?? [])
  const stride = Math.max(1, Math.ceil(values.length / elements))
  const step = 1e-5
  const at = (index: number, shift: number) => {
    const moved = values.with(index, (values[index] ?? 0) + shift)
    return interpret(graph, { ...feeds, [name]: moved }).scalar?.data[0] ?? Number.NaN
  }
  return [...values.keys()]
    .filter((index) => index % stride === 0)
    .map((index) => ({ index, slope: (at(index, step) - at(index, -step)) / (2 * step) }))
}

describe('the gradient of every layer agrees with central differences', () => {
  const kinds = allLayerDefinitions.filter(({ kind }) => !Object.hasOwn(exempt, kind))

  it.each(kinds.map((definition) => [definition.kind, definition] as const))(
    '%s',
    async (kind, definition) => {
      let compared = 0
      const elements = definition.category === 'Block' ? checkedBlockElements : checkedElements
      for (const given of smallTrials(definition)) {
        const shapes = fittingShape(definition, given)
        if (!shapes) continue
        await compare(gradientGraph(definition, given, shapes), `${kind} ${JSON.stringify(given)}`, elements)
        compared += 1
      }
      expect(compared).toBeGreaterThan(0)
      if (readsMask.includes(kind)) {
        const mask = Float32Array.of(1, 1, 1, 0, 0, 1, 1, 1, 1, 0)
        const graph = gradientGraph(definition, smallDefaults(definition), [[5, 4]], mask)
        await compare(graph, `${kind} of a padded sequence`)
      }
    },
  )

  async function compare(
    { forward, whole, variables, feeds }: ReturnType<typeof gradientGraph>,
    what: string,
    elements = checkedElements,
  ) {
    const needed = (graph: TensorGraph) =>
      Object.fromEntries(graph.inputs.map(({ name }) => [name, feeds[name] ?? new Float32Array()]))
    const exact = interpret(whole, needed(whole))
    const measured = await runOnnx(whole, needed(whole))
    for (const { name } of variables) {
      const label = `${what}, ${name}`
      const gradient = exact[`gradient of ${name}`]?.data ?? new Float64Array()
      const slopes = centralDifferences(forward, needed(forward), name, elements)
      const difference = relativeDifference(
        slopes.map(({ index }) => gradient[index] ?? Number.NaN),
        slopes.map(({ slope }) => slope),
      )
      fromDifferences.record(difference, label)
      expect(difference, `${label}: central differences`).toBeLessThan(1e-5)
      const onnxDifference = relativeDifference(measured[`gradient of ${name}`]?.data ?? [], gradient)
      fromOnnx.record(onnxDifference, label)
      expect(onnxDifference, `${label}: onnxruntime`).toBeLessThan(1e-4)
    }
  }

  it('exempts only kinds that exist', () => {
    const known = new Set(allLayerDefinitions.map(({ kind }) => kind))
    expect(Object.keys(exempt).filter((kind) => !known.has(kind))).toEqual([])
  })
})
