import type { Shape } from '../../../src-core/tensor-graph/types.ts'
import type { LayerCase, LayerCases } from './layer-case.ts'

const image: Shape = [3, 9, 8]

/**
 * Python: x[0] at rows and columns ([N, H′, W′]) by keras.ops.image.map_coordinates. Mirrored surroundings are written
 * out by np.pad, because Keras 3.15 mirrors positions below 0 about the middle of the first pixel.
 */
function mapped(rows: string, columns: string, mode = 'reflect', value = 0, order = 1): string {
  const [channel, margin] = mode === 'reflect' ? ['np.pad(channel, 40, "symmetric")', 40] : ['channel', 0]
  const places = `np.stack(np.broadcast_arrays(r + ${margin}, c + ${margin})).astype("float32")`
  const options = `order=${order}, fill_mode="${mode}", fill_value=${value}`
  const sampled = `keras.ops.convert_to_numpy(keras.ops.image.map_coordinates(${channel}, ${places}, ${options}))`
  return `np.stack([np.stack([${sampled} for channel in picture]) for picture, r, c in zip(x[0], ${rows}, ${columns})])`
}

/** Rows and columns of a picture from its centre, as [1, H, 1] and [1, 1, W]. */
const rowsFromCentre = '(np.arange(9).reshape(1, 9, 1) - 4.0)'
const columnsFromCentre = '(np.arange(8).reshape(1, 1, 8) - 3.5)'
const noise = (index: number) => `noise[0][:, ${index}].reshape(3, 1, 1).astype("float64")`

interface Fill {
  readonly fillMode: 'constant' | 'reflect' | 'nearest' | 'wrap'
  readonly fillValue?: number
  readonly interpolation?: 'bilinear' | 'nearest'
}

const fills: readonly Fill[] = [
  { fillMode: 'reflect' },
  { fillMode: 'constant', fillValue: 0.7 },
  { fillMode: 'nearest' },
  { fillMode: 'wrap' },
  { fillMode: 'wrap', interpolation: 'nearest' },
  { fillMode: 'constant', fillValue: -0.4, interpolation: 'nearest' },
]

/** One kind under every fill mode, beside positions written down in NumPy. */
function geometric(
  kind: string,
  parameters: Record<string, unknown>,
  positions: { readonly rows: string; readonly columns: string },
): LayerCases {
  return Object.fromEntries(
    fills.map((fill): [string, LayerCase] => [
      `${kind}, ${JSON.stringify({ ...parameters, ...fill })}`,
      {
        kind,
        inputs: [image],
        training: true,
        parameters: { ...parameters, ...fill },
        python: mapped(
          positions.rows,
          positions.columns,
          fill.fillMode,
          fill.fillValue ?? 0,
          fill.interpolation === 'nearest' ? 0 : 1,
        ),
      },
    ]),
  )
}

function rotation(degrees: number) {
  const angle = `(np.deg2rad(${degrees}) * (2 * ${noise(0)} - 1))`
  return {
    rows: `np.sin(${angle}) * ${columnsFromCentre} + np.cos(${angle}) * ${rowsFromCentre} + 4`,
    columns: `np.cos(${angle}) * ${columnsFromCentre} - np.sin(${angle}) * ${rowsFromCentre} + 3.5`,
  }
}

const shift = (index: number, factor: number, size: number) => `${factor * size} * (2 * ${noise(index)} - 1)`

/** Torch's own grid sampling under the same angles, as a second witness. */
const torchRotation =
  '(lambda a: F.grid_sample(t(x[0]), torch.stack([' +
  `torch.cos(a) * t(${columnsFromCentre}) - torch.sin(a) * t(${rowsFromCentre}),` +
  `torch.sin(a) * t(${columnsFromCentre}) + torch.cos(a) * t(${rowsFromCentre})], -1).float()` +
  ' * torch.tensor([2 / 8, 2 / 9]), padding_mode="reflection", align_corners=False))' +
  `(torch.pi / 4 * (2 * t(${noise(0)}) - 1))`

/** 2 · noise − 1, spread over pictures. */
const signed = (index: number) => `(2 * noise[0][:, ${index}].reshape(3, 1, 1, 1) - 1)`
const grey = '(np.tensordot(x[0], np.float32([0.2989, 0.587, 0.114]), ([1], [0]))[:, None])'
/** torchvision's gaussian_blur of one picture: mirrored edges, a separable kernel. */
const torchBlur = (radius: number, sigma: string) =>
  `torch.cat([(lambda g: F.conv2d(F.pad(t(x[0][n]).view(3, 1, 9, 8), [${radius}] * 4, mode="reflect"), torch.outer(g, g).view(1, 1, *[${2 * radius + 1}] * 2)).view(1, 3, 9, 8))` +
  `((lambda g: (g / g.sum()).float())(torch.exp(-torch.arange(-${radius}, ${radius + 1}).double() ** 2 / (2 * (${sigma}) ** 2)))) for n in range(3)])`
/** Pixels of a rectangle become \`value\`; rows and columns are (start, length) of picture n. */
const erased = (rows: string, columns: string, value: number, where = 'True') =>
  `(lambda inside: np.where(inside, np.float32(${value}), x[0]))(np.stack([(${where}) & ((np.arange(9) >= r[0]) & (np.arange(9) < r[0] + r[1]))[None, :, None] & ((np.arange(8) >= c[0]) & (np.arange(8) < c[0] + c[1]))[None, None, :] for n in range(3) for r, c in [(${rows}, ${columns})]]))`
const u = (index: number) => `float(noise[0][n, ${index}])`
/** (start, length) of a stretch of the root of an area, as random erasing places it. */
const stretch = (squared: string, index: number, size: number) =>
  `(lambda k: (int(${u(index)} * (${size} + 1 - k)), k))(min(max(round(np.sqrt(${squared})), 1), ${size}))`
const area = (low: number, high: number) => `72 * (${low} + ${high - low} * ${u(1)})`
const ratio = (largest: number) => `np.exp(np.log(${largest}) * (2 * ${u(2)} - 1))`

const padded = (mode: string) => `[np.pad(picture, ((0, 0), (4, 4), (4, 4)), "${mode}") for picture in x[0]]`
const start = (index: number, room: number) => `int(noise[0][n, ${index}] * ${room + 1})`

export const augmentationCases: LayerCases = {
  'randomFlip, predicting': { kind: 'randomFlip', inputs: [image], python: 'x[0]' },
  'randomFlip, horizontal': {
    kind: 'randomFlip',
    inputs: [image],
    training: true,
    parameters: { probability: 0.6 },
    python: 'np.stack([np.flip(p, 2) if u[0] < 0.6 else p for p, u in zip(x[0], noise[0])])',
  },
  'randomFlip, both': {
    kind: 'randomFlip',
    inputs: [image],
    training: true,
    parameters: { mode: 'both' },
    python:
      'np.stack([(lambda q: np.flip(q, 1) if u[1] < 0.5 else q)(np.flip(p, 2) if u[0] < 0.5 else p) for p, u in zip(x[0], noise[0])])',
  },
  'randomCrop, padding 4': {
    kind: 'randomCrop',
    inputs: [image],
    training: true,
    python: `np.stack([p[:, ${start(0, 8)}:, ${start(1, 8)}:][:, :9, :8] for n, p in enumerate(${padded('constant')})])`,
  },
  'randomCrop, reflected, smaller': {
    kind: 'randomCrop',
    inputs: [image],
    training: true,
    parameters: { size: [6, 5], fillMode: 'reflect' },
    python: `np.stack([p[:, ${start(0, 11)}:, ${start(1, 11)}:][:, :6, :5] for n, p in enumerate(${padded('symmetric')})])`,
  },
  'randomCrop, predicting': {
    kind: 'randomCrop',
    inputs: [image],
    parameters: { size: [6, 5] },
    python: 'x[0][:, :, 1:7, 1:6]',
  },
  'randomCrop, predicting, larger than the image': {
    kind: 'randomCrop',
    inputs: [image],
    parameters: { size: [12, 5], fillValue: 2 },
    python: 'np.pad(x[0], ((0, 0), (0, 0), (2, 1), (0, 0)), constant_values=2)[:, :, :, 1:6]',
  },
  ...geometric('randomRotation', { degrees: 70 }, rotation(70)),
  'randomRotation against PyTorch': {
    kind: 'randomRotation',
    inputs: [image],
    training: true,
    parameters: { degrees: 45 },
    python: torchRotation,
  },
  ...geometric(
    'randomShear',
    { xFactor: 0.6, yFactor: 0.3 },
    {
      rows: `${rowsFromCentre} + 0.3 * (2 * ${noise(1)} - 1) * ${columnsFromCentre} + 4`,
      columns: `${columnsFromCentre} + 0.6 * (2 * ${noise(0)} - 1) * ${rowsFromCentre} + 3.5`,
    },
  ),
  ...geometric(
    'randomTranslation',
    { heightFactor: 0.6, widthFactor: 0.9 },
    {
      rows: `${rowsFromCentre} + 4 - ${shift(0, 0.6, 9)}`,
      columns: `${columnsFromCentre} + 3.5 - ${shift(1, 0.9, 8)}`,
    },
  ),
  ...geometric(
    'randomZoom',
    { minimumScale: 0.4, maximumScale: 1.5, keepAspectRatio: false },
    {
      rows: `${rowsFromCentre} / (0.4 + 1.1 * ${noise(0)}) + 4`,
      columns: `${columnsFromCentre} / (0.4 + 1.1 * ${noise(1)}) + 3.5`,
    },
  ),
  randomBrightness: {
    kind: 'randomBrightness',
    inputs: [image],
    training: true,
    parameters: { factor: 0.4, minimum: -1, maximum: 1.5 },
    python: `np.clip(x[0] + ${signed(0)}, -1, 1.5)`,
  },
  'randomBrightness, not clipped': {
    kind: 'randomBrightness',
    inputs: [image],
    training: true,
    parameters: { clip: false },
    python: `x[0] + 0.2 * ${signed(0)}`,
  },
  randomContrast: {
    kind: 'randomContrast',
    inputs: [image],
    training: true,
    parameters: { factor: 0.7, minimum: -1, maximum: 2 },
    python: `(lambda m: np.clip(m + (1 + 0.7 * ${signed(0)}) * (x[0] - m), -1, 2))(x[0].mean((2, 3), keepdims=True))`,
  },
  'randomContrast, not clipped': {
    kind: 'randomContrast',
    inputs: [image],
    training: true,
    parameters: { clip: false },
    python: `(lambda m: m + (1 + 0.2 * ${signed(0)}) * (x[0] - m))(x[0].mean((2, 3), keepdims=True))`,
  },
  randomSaturation: {
    kind: 'randomSaturation',
    inputs: [image],
    training: true,
    python: `np.clip(${grey} + (1 + 0.4 * ${signed(0)}) * (x[0] - ${grey}), 0, 1)`,
  },
  'randomSaturation, not clipped': {
    kind: 'randomSaturation',
    inputs: [image],
    training: true,
    parameters: { factor: 1, clip: false },
    python: `${grey} + (1 + ${signed(0)}) * (x[0] - ${grey})`,
  },
  randomGrayscale: {
    kind: 'randomGrayscale',
    inputs: [image],
    training: true,
    parameters: { probability: 0.6 },
    python: `np.where(noise[0].reshape(3, 1, 1, 1) < 0.6, ${grey}, x[0])`,
  },
  'randomGrayscale, always': {
    kind: 'randomGrayscale',
    inputs: [image],
    training: true,
    parameters: { probability: 1 },
    python:
      'np.moveaxis(keras.ops.convert_to_numpy(keras.layers.RandomGrayscale(factor=1.0)(np.moveaxis(x[0], 1, -1), training=True)), -1, 1)',
  },
  randomInvert: {
    kind: 'randomInvert',
    inputs: [image],
    training: true,
    parameters: { probability: 0.6, maximum: 3, minimum: -1 },
    python: 'np.where(noise[0].reshape(3, 1, 1, 1) < 0.6, 2 - x[0], x[0])',
  },
  cutout: {
    kind: 'cutout',
    inputs: [image],
    training: true,
    parameters: { size: [4, 5], fillValue: 0.5 },
    python: erased(`(int(${u(0)} * 9) - 2, 4)`, `(int(${u(1)} * 8) - 2, 5)`, 0.5),
  },
  randomErasing: {
    kind: 'randomErasing',
    inputs: [image],
    training: true,
    parameters: { probability: 0.8 },
    python: erased(
      stretch(`${area(0.02, 0.33)} * ${ratio(3.3)}`, 3, 9),
      stretch(`${area(0.02, 0.33)} / ${ratio(3.3)}`, 4, 8),
      0,
      `${u(0)} < 0.8`,
    ),
  },
  'randomErasing, always, large': {
    kind: 'randomErasing',
    inputs: [image],
    training: true,
    parameters: {
      probability: 1,
      minimumArea: 0.3,
      maximumArea: 0.9,
      maximumRatio: 2,
      fillValue: -2,
    },
    python: erased(
      stretch(`${area(0.3, 0.9)} * ${ratio(2)}`, 3, 9),
      stretch(`${area(0.3, 0.9)} / ${ratio(2)}`, 4, 8),
      -2,
    ),
  },
  randomGaussianBlur: {
    kind: 'randomGaussianBlur',
    inputs: [image],
    training: true,
    python: torchBlur(2, '0.1 + 0.9 * float(noise[0][n, 0])'),
  },
  'randomGaussianBlur, wide': {
    kind: 'randomGaussianBlur',
    inputs: [image],
    training: true,
    parameters: { radius: 6, minimumSigma: 1, maximumSigma: 4 },
    python: torchBlur(6, '1 + 3 * float(noise[0][n, 0])'),
  },
  'randomZoom, in proportion': {
    kind: 'randomZoom',
    inputs: [image],
    training: true,
    python: mapped(
      `${rowsFromCentre} / (0.8 + 0.4 * ${noise(0)}) + 4`,
      `${columnsFromCentre} / (0.8 + 0.4 * ${noise(0)}) + 3.5`,
    ),
  },
}
