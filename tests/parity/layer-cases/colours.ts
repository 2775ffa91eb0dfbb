import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import { keras, type LayerCases } from './layer-case.ts'

const image: Shape = [3, 9, 8]

/** The range that Keras takes for the whole one; every value of the inputs lies within. */
const range = { minimum: -2, maximum: 3 }

/** Noise of the asked order, spread over pictures. */
const noise = (order: number, column = 0) => `noise[${order}][:, ${column}].reshape(3, 1, 1, 1)`
const signed = (order: number) => `(2 * ${noise(order)} - 1)`

/** What a Keras layer makes of pictures, channels first, under a transformation that is given instead of drawn. */
function transformed(layer: string, pictures: string, transformation: string): string {
  return `np.moveaxis(keras.ops.convert_to_numpy(keras.layers.${layer}.transform_images(keras.ops.convert_to_tensor(np.moveaxis(${pictures}, 1, -1)), ${transformation}, training=True)), -1, 1)`
}

function hueTurned(pictures: string, turns: string): string {
  return transformed('RandomHue(1.0, value_range=(-2, 3))', pictures, `{"factor": (${turns}).reshape(3)}`)
}

const grey = (x: string) => `np.tensordot(${x}, np.float32([0.2989, 0.587, 0.114]), ([1], [0]))[:, None]`

/** Pixels inside the border of the pictures, moved by so much. */
const moved = (down: number, right: number) =>
  `x[0][:, :, ${1 + down}:${8 + down}, ${1 + right}:${7 + right}]`
const neighbourhood = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => moved(down, right))).join(' + ')

/** y = smooth + s · (x − smooth) inside; the border stays. The pixel itself counts five times in what is smooth. */
const sharpened = (change: string) =>
  `(x[0] + ${change} * np.pad(${moved(0, 0)} - (4 * ${moved(0, 0)} + ${neighbourhood}) / 13, ((0, 0), (0, 0), (1, 1), (1, 1))))`

/** Changes of colours and of levels of brightness. */
export const colourCases: LayerCases = {
  'randomHue, predicting': { kind: 'randomHue', inputs: [image], python: 'x[0]' },
  randomHue: {
    kind: 'randomHue',
    inputs: [image],
    training: true,
    parameters: { factor: 0.3 },
    python: hueTurned('x[0]', `0.3 * ${signed(0)}`),
  },
  'randomHue, all colours': {
    kind: 'randomHue',
    inputs: [image],
    training: true,
    parameters: { factor: 0.5 },
    python: hueTurned('x[0]', `0.5 * ${signed(0)}`),
  },
  randomColorJitter: {
    kind: 'randomColorJitter',
    inputs: [image],
    training: true,
    parameters: { brightness: 0.3, contrast: 0.4, saturation: 0.5, hue: 0.2, ...range },
    python: `(lambda b: (lambda c: (lambda s: ${hueTurned('s', `0.2 * ${signed(3)}`)})(np.clip(${grey('c')} + (1 + 0.5 * ${signed(2)}) * (c - ${grey('c')}), -2, 3)))((lambda m: np.clip(m + (1 + 0.4 * ${signed(1)}) * (b - m), -2, 3))(b.mean((2, 3), keepdims=True))))(np.clip(x[0] + 0.3 * 5 * ${signed(0)}, -2, 3))`,
  },
  randomPosterization: {
    kind: 'randomPosterization',
    inputs: [image],
    training: true,
    parameters: { bits: 3, probability: 0.6, ...range },
    python: `np.where(${noise(0)} < 0.6, ${transformed('RandomPosterization(3, value_range=(-2, 3))', 'x[0]', '{"shift_factor": np.full(3, 5, "uint8")}')}, x[0])`,
  },
  'randomPosterization, always': {
    kind: 'randomPosterization',
    inputs: [image],
    training: true,
    parameters: { bits: 1, probability: 1, ...range },
    python: transformed(
      'RandomPosterization(1, value_range=(-2, 3))',
      'x[0]',
      '{"shift_factor": np.full(3, 7, "uint8")}',
    ),
  },
  randomSharpness: {
    kind: 'randomSharpness',
    inputs: [image],
    training: true,
    parameters: { factor: 0.8, clip: false },
    python: sharpened(`0.8 * ${signed(0)}`),
  },
  'randomSharpness, clipped': {
    kind: 'randomSharpness',
    inputs: [image],
    training: true,
    parameters: { factor: 3, minimum: -1, maximum: 2 },
    python: `np.clip(${sharpened(`3 * ${signed(0)}`)}, -1, 2)`,
  },
  solarization: {
    kind: 'solarization',
    inputs: [image],
    training: true,
    parameters: range,
    python: transformed(
      'Solarization(value_range=(-2, 3))',
      'x[0]',
      `{"additions": 0.0, "thresholds": 255 * ${noise(0, 1)}}`,
    ),
  },
  'solarization, with an addition': {
    kind: 'solarization',
    inputs: [image],
    training: true,
    parameters: { thresholdFactor: 0.7, additionFactor: 0.4, ...range },
    python: transformed(
      'Solarization(value_range=(-2, 3))',
      'x[0]',
      `{"additions": 0.4 * 255 * ${noise(0)}, "thresholds": 0.7 * 255 * ${noise(0, 1)}}`,
    ),
  },
  autoContrast: {
    kind: 'autoContrast',
    inputs: [image],
    parameters: range,
    keras: keras('AutoContrast', { value_range: [-2, 3] }),
  },
}
