import { beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { allLayerDefinitions } from '../../src-core/layers/catalogue.ts'
import { activationKinds } from '../../src-core/layers/support/activations.ts'
import { elementCount, type Shape } from '../../src-core/tensor-graph/types.ts'
import { describeWithPython, runPython } from '../support/python.ts'
import { runLayer, shaped, someValues } from '../unit/layers/run-layer.ts'

interface Case {
  readonly kind: string
  readonly inputs: readonly Shape[]
  readonly parameters?: Record<string, unknown>
  readonly training?: boolean
  readonly keras: { readonly class: string; readonly arguments?: object }
}

const image: Shape = [4, 9, 8]
const images: readonly Shape[] = [image, image]

function keras(name: string, args: object = {}) {
  return { class: name, arguments: args }
}

/** `leakyRelu` is `leaky_relu` to Keras. */
function kerasActivation(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

const window = { padding: 'same', strides: [2, 3] }

const cases: Readonly<Record<string, Case>> = {
  dense: {
    kind: 'dense',
    inputs: [[7]],
    parameters: { units: 5, activation: 'gelu' },
    keras: keras('Dense', { units: 5, activation: 'gelu' }),
  },
  'dense on a sequence': {
    kind: 'dense',
    inputs: [[6, 7]],
    parameters: { units: 5, activation: 'leakyRelu', useBias: false },
    keras: keras('Dense', { units: 5, activation: 'leaky_relu', use_bias: false }),
  },
  conv2d: {
    kind: 'conv2d',
    inputs: [image],
    parameters: { filters: 6, kernelSize: [3, 2], activation: 'relu' },
    keras: keras('Conv2D', { filters: 6, kernel_size: [3, 2], activation: 'relu' }),
  },
  'conv2d, same padding, strides': {
    kind: 'conv2d',
    inputs: [image],
    parameters: { filters: 6, kernelSize: [4, 5], ...window },
    keras: keras('Conv2D', { filters: 6, kernel_size: [4, 5], ...window }),
  },
  'conv2d, same padding, dilated': {
    kind: 'conv2d',
    inputs: [image],
    parameters: { filters: 3, kernelSize: [3, 2], padding: 'same', dilationRate: [2, 3] },
    keras: keras('Conv2D', { filters: 3, kernel_size: [3, 2], padding: 'same', dilation_rate: [2, 3] }),
  },
  'conv2d, groups': {
    kind: 'conv2d',
    inputs: [image],
    parameters: { filters: 6, kernelSize: [3, 3], groups: 2, activation: 'softmax' },
    keras: keras('Conv2D', { filters: 6, kernel_size: [3, 3], groups: 2, activation: 'softmax' }),
  },
  maxPooling2d: {
    kind: 'maxPooling2d',
    inputs: [image],
    keras: keras('MaxPooling2D'),
  },
  'maxPooling2d, same padding': {
    kind: 'maxPooling2d',
    inputs: [image],
    parameters: { poolSize: [3, 4], ...window },
    keras: keras('MaxPooling2D', { pool_size: [3, 4], ...window }),
  },
  averagePooling2d: {
    kind: 'averagePooling2d',
    inputs: [image],
    keras: keras('AveragePooling2D', { pool_size: [2, 2] }),
  },
  'averagePooling2d, same padding': {
    kind: 'averagePooling2d',
    inputs: [image],
    parameters: { poolSize: [3, 4], ...window },
    keras: keras('AveragePooling2D', { pool_size: [3, 4], ...window }),
  },
  globalAveragePooling2d: {
    kind: 'globalAveragePooling2d',
    inputs: [image],
    keras: keras('GlobalAveragePooling2D'),
  },
  globalMaxPooling2d: { kind: 'globalMaxPooling2d', inputs: [image], keras: keras('GlobalMaxPooling2D') },
  'batchNormalization, training': {
    kind: 'batchNormalization',
    inputs: [image],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization of a list, training': {
    kind: 'batchNormalization',
    inputs: [[5]],
    training: true,
    keras: keras('BatchNormalization'),
  },
  'batchNormalization, predicting': {
    kind: 'batchNormalization',
    inputs: [image],
    parameters: { scale: false },
    keras: keras('BatchNormalization', { scale: false }),
  },
  'layerNormalization of channels': {
    kind: 'layerNormalization',
    inputs: [image],
    keras: keras('LayerNormalization'),
  },
  'layerNormalization of a sequence': {
    kind: 'layerNormalization',
    inputs: [[6, 7]],
    keras: keras('LayerNormalization'),
  },
  ...Object.fromEntries(
    activationKinds.map((activation): [string, Case] => [
      `activation ${activation}`,
      {
        kind: 'activation',
        inputs: [image],
        parameters: { activation },
        keras: keras('Activation', { activation: kerasActivation(activation) }),
      },
    ]),
  ),
  dropout: { kind: 'dropout', inputs: [image], keras: keras('Dropout', { rate: 0.5 }) },
  add: { kind: 'add', inputs: [...images, [4, 1, 1]], keras: keras('Add') },
  subtract: { kind: 'subtract', inputs: images, keras: keras('Subtract') },
  multiply: { kind: 'multiply', inputs: images, keras: keras('Multiply') },
  average: { kind: 'average', inputs: [...images, image], keras: keras('Average') },
  maximum: { kind: 'maximum', inputs: images, keras: keras('Maximum') },
  'concatenate channels': {
    kind: 'concatenate',
    inputs: [image, [2, 9, 8]],
    keras: keras('Concatenate', { axis: -1 }),
  },
  'concatenate rows': {
    kind: 'concatenate',
    inputs: [image, [4, 3, 8]],
    parameters: { axis: 1 },
    keras: keras('Concatenate', { axis: 1 }),
  },
  zeroPadding2d: {
    kind: 'zeroPadding2d',
    inputs: [image],
    parameters: { vertical: [1, 2], horizontal: [3, 0] },
    keras: keras('ZeroPadding2D', {
      padding: [
        [1, 2],
        [3, 0],
      ],
    }),
  },
  cropping2d: {
    kind: 'cropping2d',
    inputs: [image],
    parameters: { vertical: [1, 2], horizontal: [3, 0] },
    keras: keras('Cropping2D', {
      cropping: [
        [1, 2],
        [3, 0],
      ],
    }),
  },
  'upSampling2d, nearest': {
    kind: 'upSampling2d',
    inputs: [image],
    parameters: { size: [2, 3] },
    keras: keras('UpSampling2D', { size: [2, 3] }),
  },
  'upSampling2d, bilinear': {
    kind: 'upSampling2d',
    inputs: [image],
    parameters: { size: [2, 3], interpolation: 'bilinear' },
    keras: keras('UpSampling2D', { size: [2, 3], interpolation: 'bilinear' }),
  },
  'flatten a sequence': { kind: 'flatten', inputs: [[6, 7]], keras: keras('Flatten') },
  'reshape a sequence': {
    kind: 'reshape',
    inputs: [[6, 7]],
    parameters: { targetShape: [-1, 14] },
    keras: keras('Reshape', { target_shape: [-1, 14] }),
  },
}

/** Layers that have nothing to compute. */
const withoutComputation = ['input', 'output']

const batchSize = 3

function inputTensors({ inputs }: Case) {
  return inputs.map((shape, index) => ({
    shape,
    data: someValues(batchSize * elementCount(shape), index).map((value) => 2 * value + 0.3),
  }))
}

function weightTensors({ kind, inputs, parameters }: Case) {
  return shaped(kind, inputs, parameters).weights.map(({ name, shape }, index) => ({
    name,
    shape,
    // Variances must not be negative; nothing else minds being positive.
    data: someValues(elementCount(shape), index + 5).map((value) => 0.1 + Math.abs(value)),
  }))
}

const answerSchema = z.record(z.string(), z.object({ shape: z.array(z.int()), data: z.array(z.number()) }))

describeWithPython('layers against Keras', () => {
  let answers: z.output<typeof answerSchema> = {}

  beforeAll(async () => {
    const input = Object.fromEntries(
      Object.entries(cases).map(([name, one]) => [
        name,
        {
          ...one.keras,
          inputs: inputTensors(one).map(({ shape, data }) => ({
            shape: [batchSize, ...shape],
            data: [...data],
          })),
          weights: weightTensors(one).map(({ shape, data }) => ({ shape, data: [...data] })),
          training: one.training === true,
        },
      ]),
    )
    answers = answerSchema.parse(
      await runPython('tests/parity/keras-layers.py', { input, timeoutSeconds: 300 }),
    )
  }, 300_000)

  it('compare every kind that computes something', () => {
    const compared = new Set([...Object.values(cases).map(({ kind }) => kind), ...withoutComputation])
    expect([...compared].sort()).toEqual(allLayerDefinitions.map(({ kind }) => kind).sort())
  })

  it.each(Object.entries(cases))('%s gives the same numbers', async (name, one) => {
    const ours = await runLayer(one.kind, {
      inputs: inputTensors(one),
      ...(one.parameters ? { parameters: one.parameters } : {}),
      weights: Object.fromEntries(weightTensors(one).map((weight) => [weight.name, weight.data])),
      batchSize,
      ...(one.training ? { training: true } : {}),
    })
    const theirs = answers[name]
    expect(ours.shape).toEqual(theirs?.shape)
    const largest = Math.max(
      ...ours.data.map((value, index) => {
        const expected = theirs?.data[index] ?? Number.NaN
        return Math.abs(value - expected) / Math.max(1, Math.abs(expected))
      }),
    )
    expect(largest).toBeLessThan(2e-5)
  })
})
