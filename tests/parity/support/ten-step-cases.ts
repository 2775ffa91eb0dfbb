import { elementCount } from '../../../src-core/tensor-graph/types.ts'
import { shaped } from '../../unit/layers/run-layer.ts'
import { layerCases } from '../layer-cases/all-cases.ts'
import type { LayerCase } from '../layer-cases/layer-case.ts'

/** A case, and with which numbers it is trained. */
export interface TenStepCase extends LayerCase {
  readonly learningRate: number
  /** Inputs are 0.5 and more, because the layer or its derivative has a pole at 0. */
  readonly awayFromZero?: boolean
}

/** Cases that are not trained, with the reason. */
export const notTrained: ReadonlyMap<string, string> = new Map([
  ['localResponseNormalization as TensorFlow has it', 'TensorFlow cannot be differentiated by PyTorch'],
  ['normalization, learned, predicting', 'training moves the statistics, as in the case beside it'],
  ['mlpBlock', 'drops values while it is trained, as in the case beside it'],
  ['spectralDense, training', 'the peers leave the power iteration out of the gradient'],
  ['spectralDense of a sequence, predicting', 'the peers leave the power iteration out of the gradient'],
  ['spectralConv1d, training', 'the peers leave the power iteration out of the gradient'],
  ['gaussianSampling, training', 'adds a loss of its own: variational-autoencoder.test.ts trains it'],
  ['spectralConv2d, training', 'the peers leave the power iteration out of the gradient'],
])

/**
 * Layers with noise predict something else than they train: their cases while training have the noise given. What is
 * noise alone takes no input, and there is nothing to train on.
 */
function predictsOnly({ kind, training }: LayerCase): boolean {
  return kind === 'noise' || (training !== true && /dropout|noise|random|gaussianSampling/i.test(kind))
}

/** NumPy: the statistics of a batch merged with what the weights hold, and kept. */
const learnedNormalization = `(lambda n, b, v: (lambda d: (lambda c, m, s: (x[0] - m.reshape(-1, 1, 1)) / np.sqrt(s / c).reshape(-1, 1, 1))(
  keep("count", w["count"] + n), keep("mean", w["mean"] + d * n / (w["count"] + n)),
  keep("squares", w["squares"] + v * n + d * d * w["count"] * n / (w["count"] + n))))(b - w["mean"]))(
  np.size(x[0][:, 0]), x[0].mean((0, 2, 3)), x[0].var((0, 2, 3)))`

const changes: Readonly<Record<string, Partial<TenStepCase>>> = {
  // Keras's PyTorch backend repeats the border before it averages, where the window goes further on one side.
  'averagePooling3d, same padding': {
    python:
      '(lambda mean: mean(t(x[0])) / mean(torch.ones_like(t(x[0]))))(lambda v: F.avg_pool3d(F.pad(v, (0, 1, 1, 2, 1, 1)), (3, 4, 2), (2, 3, 1)))',
  },
  standardizePerImage: {
    python:
      '(x[0] - x[0].mean((1, 2, 3), keepdims=True)) / np.maximum(np.sqrt(x[0].var((1, 2, 3))), 216 ** -0.5).reshape(3, 1, 1, 1)',
  },
  'normalization, learned, training': { python: learnedNormalization },
  // Keras's PyTorch backend refuses indices beyond the last.
  oneHot: { python: '(x[0][..., None] == np.arange(6)).astype("float64")' },
  reciprocal: { awayFromZero: true },
  divide: { awayFromZero: true },
  logarithm: { awayFromZero: true },
  squareRoot: { awayFromZero: true },
  'power 0.7': { awayFromZero: true },
  'expression, powers': { learningRate: 0.0005 },
}

/** The more values the head adds up, the smaller its steps have to be. */
function learningRateFor({ kind, inputs, parameters }: LayerCase): number {
  return 0.005 * Math.min(1, 200 / elementCount(shaped(kind, inputs, parameters).output))
}

/** Every case of the layer parity that can be trained, by name. */
export const tenStepCases: Readonly<Record<string, TenStepCase>> = Object.fromEntries(
  Object.entries(layerCases)
    .filter(([name, one]) => !notTrained.has(name) && !predictsOnly(one))
    .map(([name, one]) => [name, { learningRate: learningRateFor(one), ...one, ...changes[name] }]),
)
