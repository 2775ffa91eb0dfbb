import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import type { LayerCase, LayerCases } from './layer-case.ts'

const image: Shape = [4, 9, 8]
const sequence: Shape = [5, 6]
const volume: Shape = [2, 4, 3, 3]

function one(kind: string, python: string, parameters: object = {}, inputs: Shape = image): LayerCase {
  return { kind, inputs: [inputs], parameters: { ...parameters }, python }
}

/** A reduction by its function in keras.ops: over rows, over the channels kept as 1, and of a list. */
function reduction(kind: string, name: string): LayerCases {
  const call = (x: string, axis: number, rest = '') => `keras.ops.${name}(${x}, axis=${axis}${rest})`
  return {
    [`${kind} of rows`]: one(kind, call('x[0]', 2), { axis: 1 }),
    [`${kind} of channels, kept`]: one(kind, call('x[0]', 1, ', keepdims=True'), {
      axis: 0,
      keepDimensions: true,
    }),
    [`${kind} of a list`]: one(kind, call('x[0]', 1, ', keepdims=True'), {}, [7]),
  }
}

function formula(given: string, python: string, wires: number): LayerCase {
  const inputs = Array.from({ length: wires }, () => sequence)
  return {
    kind: 'expression',
    inputs,
    parameters: { formula: given },
    python: `(lambda x, a, b, c: ${python})(*x, *[None] * ${4 - wires})`,
  }
}

/** Layers of plain mathematics, against NumPy and keras.ops. */
export const mathematicsCases: LayerCases = {
  'scale of an image': one('scale', 'x[0] * w["gamma"].reshape(4, 1, 1) + w["beta"].reshape(4, 1, 1)'),
  'scale of a volume': one('scale', 'x[0] * w["gamma"].reshape(2, 1, 1, 1)', { center: false }, volume),
  'scale of a sequence': one('scale', 'x[0] * w["gamma"] + w["beta"]', {}, sequence),
  multiplyBy: one('multiplyBy', 'x[0] * -2.5', { factor: -2.5 }),
  addConstant: one('addConstant', 'x[0] - 0.75', { constant: -0.75 }),
  clip: one('clip', 'np.clip(x[0], -0.5, 1.25)', { minimum: -0.5, maximum: 1.25 }),
  'power 2': one('power', 'x[0] ** 2'),
  'power 3': one('power', 'x[0] ** 3', { exponent: 3 }),
  'power 0.7': one('power', 'np.maximum(x[0], 1e-7) ** 0.7', { exponent: 0.7 }),
  squareRoot: one('squareRoot', 'np.sqrt(np.maximum(x[0], 1e-7))'),
  'squareRoot, bounded': one('squareRoot', 'np.sqrt(np.maximum(x[0], 0.5))', { smallest: 0.5 }),
  absolute: one('absolute', 'np.abs(x[0])'),
  exponential: one('exponential', 'np.exp(x[0])'),
  logarithm: one('logarithm', 'np.log(np.maximum(x[0], 1e-7))'),
  negate: one('negate', '-x[0]'),
  reciprocal: one('reciprocal', 'keras.ops.divide_no_nan(1.0, x[0])'),
  'reciprocal of zeros': { ...one('reciprocal', 'keras.ops.divide_no_nan(1.0, x[0])'), indicesBelow: 3 },
  sine: one('sine', 'np.sin(x[0])'),
  cosine: one('cosine', 'np.cos(x[0])'),
  round: one('round', 'keras.ops.round(3 * x[0] / 3)'),
  ...reduction('reduceSum', 'sum'),
  ...reduction('reduceMean', 'mean'),
  ...reduction('reduceMaximum', 'max'),
  ...reduction('reduceMinimum', 'min'),
  ...reduction('argMax', 'argmax'),
  'cumulativeSum of steps': one('cumulativeSum', 'np.cumsum(x[0], axis=1)', {}, sequence),
  'cumulativeSum of columns, reverse': one(
    'cumulativeSum',
    't(x[0]).flip(3).cumsum(3).flip(3)',
    { axis: -1, reverse: true },
    image,
  ),
  'cumulativeSum, exclusive': one(
    'cumulativeSum',
    'np.cumsum(x[0], axis=1) - x[0]',
    { exclusive: true },
    sequence,
  ),
  l2Distance: {
    kind: 'l2Distance',
    inputs: [sequence, sequence],
    python: 'torch.linalg.vector_norm(t(x[0]) - t(x[1]), dim=-1)',
  },
  'l2Distance of lists': {
    kind: 'l2Distance',
    inputs: [[7], [7]],
    python: 'np.linalg.norm(x[0] - x[1], axis=1, keepdims=True)',
  },
  'expression, arithmetic': formula(
    '-x^2 / (1 + x^2) - 2 * -x + 3e-1',
    '-x**2 / (1 + x**2) - 2 * -x + 3e-1',
    1,
  ),
  'expression, functions': formula(
    'sin(pi * x) + cos(a) * tanh(b) - exp(-x^2) + sigmoid(c)',
    'np.sin(np.pi * x) + np.cos(a) * np.tanh(b) - np.exp(-(x**2)) + 1 / (1 + np.exp(-c))',
    4,
  ),
  'expression, more functions': formula(
    'sqrt(x^2 + a^2) + log(e + b^2) + abs(x) - relu(a) * max(x, a, 0.2) + min(b, -0.1)',
    'np.sqrt(x**2 + a**2) + np.log(np.e + b**2) + abs(x) - np.maximum(a, 0) * np.maximum(np.maximum(x, a), 0.2) + np.minimum(b, -0.1)',
    3,
  ),
  'expression, powers': formula(
    'pow(abs(x) + 1, a) + 2^x^2 + (abs(x) + 1)^(1 / 3)',
    '(abs(x) + 1) ** a + 2 ** x**2 + (abs(x) + 1) ** (1 / 3)',
    2,
  ),
  'l2Distance of channels, kept': {
    kind: 'l2Distance',
    inputs: [image, image],
    parameters: { axis: 0, keepDimensions: true },
    python: 'np.linalg.norm(x[0] - x[1], axis=1, keepdims=True)',
  },
}
