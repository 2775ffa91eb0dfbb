import type { Attributes } from '../../../../src-core/tensor-graph/types.ts'
import type { CaseGraph, OperatorCase } from './case-graph.ts'

interface Sliding {
  readonly kernel: number[]
  readonly strides: number[]
  readonly dilations: number[]
  readonly pads: number[]
  readonly spatial: number[]
}

/** A window with random everything that fits into its input, odd remainders and one-sided pads included. */
function sliding(graph: CaseGraph, rank: number, padded = true, largestDilation = 2): Sliding {
  const draw = (low: number, high: number) => Array.from({ length: rank }, () => graph.integer(low, high))
  const kernel = draw(1, 3)
  const dilations = draw(1, largestDilation)
  const pads = Array.from({ length: 2 * rank }, (_, index) =>
    padded ? graph.integer(0, Math.max(0, (kernel[index % rank] ?? 1) - 1)) : 0,
  )
  const spatial = kernel.map((size, axis) => (size - 1) * (dilations[axis] ?? 1) + 1 + graph.integer(0, 4))
  return { kernel, strides: draw(1, 3), dilations, pads, spatial }
}

function convolution(
  label: string,
  rank: number,
  draw: (graph: CaseGraph) => Partial<Sliding> = () => ({}),
): OperatorCase {
  return {
    operator: 'Conv',
    label: `Conv ${label}`,
    build: (graph) => {
      const window = { ...sliding(graph, rank), ...draw(graph) }
      const group = graph.integer(1, 3)
      const [images, channels, filters] = [graph.integer(1, 3), graph.integer(1, 2), graph.integer(1, 2)]
      const inputs = [
        graph.float([images, channels * group, ...window.spatial]),
        graph.float([filters * group, channels, ...window.kernel]),
        ...(graph.random() < 0.5 ? [graph.float([filters * group])] : []),
      ]
      const { strides, dilations, pads } = window
      return graph.apply('Conv', inputs, { strides, dilations, pads, group })
    },
  }
}

/** Strides small enough that no window begins in the pads at the end: ceil_mode refuses those. */
function ceilStrides({ kernel, strides, dilations, pads }: Sliding): number[] {
  return strides.map((stride, axis) => {
    const extent = ((kernel[axis] ?? 1) - 1) * (dilations[axis] ?? 1) + 1
    return Math.min(stride, extent - (pads[axis + kernel.length] ?? 0))
  })
}

/** Fixed sizes, for formulations that are chosen by size. */
function fixedConvolution(
  images: number,
  channels: number,
  size: number,
  filters: number,
  kernel: number,
  attributes: Attributes = {},
): OperatorCase {
  const group = typeof attributes.group === 'number' ? attributes.group : 1
  return {
    operator: 'Conv',
    large: images * channels * filters > 100,
    label: `Conv ${images}×${channels}×${size}² → ${filters}, ${kernel}×${kernel} ${JSON.stringify(attributes)}`,
    build: (graph) =>
      graph.apply(
        'Conv',
        [
          graph.float([images, channels, size, size], -1, 1),
          graph.float([filters, channels / group, kernel, kernel], -1, 1),
          graph.float([filters]),
        ],
        attributes,
      ),
  }
}

function automatic(operator: 'Conv' | 'MaxPool' | 'AveragePool', auto_pad: string): OperatorCase {
  return {
    operator,
    label: `${operator} ${auto_pad}`,
    build: (graph) => {
      const { kernel, strides: drawn, spatial } = sliding(graph, 2, false, 1)
      // onnxruntime computes negative pads for auto_pad where a stride exceeds the kernel.
      const strides = drawn.map((stride, axis) => Math.min(stride, kernel[axis] ?? 1))
      const shape = [2, 2, ...spatial]
      if (operator === 'Conv') {
        return graph.apply('Conv', [graph.float(shape), graph.float([3, 2, ...kernel])], {
          auto_pad,
          strides,
        })
      }
      const x = operator === 'MaxPool' ? graph.distinct(shape) : graph.float(shape)
      return graph.apply(operator, [x], { auto_pad, strides, kernel_shape: kernel })
    },
  }
}

function transposedConvolution(rank: number): OperatorCase {
  return {
    operator: 'ConvTranspose',
    label: `ConvTranspose ${rank}-D`,
    build: (graph) => {
      const { kernel, strides, dilations } = sliding(graph, rank)
      const group = graph.integer(1, 2)
      const spatial = kernel.map(() => graph.integer(2, 4))
      const pads = [...kernel, ...kernel].map((size) => graph.integer(0, size - 1))
      const output_padding = strides.map((stride) => graph.integer(0, stride - 1))
      const [channels, filters] = [graph.integer(1, 2), graph.integer(1, 2)]
      const inputs = [
        graph.float([graph.integer(1, 2), channels * group, ...spatial]),
        graph.float([channels * group, filters, ...kernel]),
        ...(graph.random() < 0.5 ? [graph.float([filters * group])] : []),
      ]
      return graph.apply('ConvTranspose', inputs, { strides, dilations, pads, group, output_padding })
    },
  }
}

/** Channels of a group that are no multiple of two or four, of all groups together one: kernel gradients are such. */
const groupsOfFive: OperatorCase = {
  operator: 'Conv',
  label: 'Conv of groups with five channels each',
  build: (graph) => {
    const group = 2 * graph.integer(1, 4)
    const bias = graph.random() < 0.5 ? [graph.float([5 * group])] : []
    const inputs = [graph.float([2, 2 * group, 5, 6]), graph.float([5 * group, 2, 2, 3]), ...bias]
    return graph.apply('Conv', inputs, { group, dilations: [2, 1] })
  },
}

/** Two channels become one in each of the groups: what a depthwise convolution with a multiplier hands back. */
const groupsIntoOneChannel: OperatorCase = {
  operator: 'ConvTranspose',
  label: 'ConvTranspose of groups into one channel',
  build: (graph) => {
    const group = graph.integer(2, 3)
    const x = graph.float([2, 2 * group, 4, 3])
    return graph.apply('ConvTranspose', [x, graph.float([2 * group, 1, 2, 3])], { group })
  },
}

function maxPool(
  label: string,
  rank: number,
  draw: (graph: CaseGraph) => Partial<Sliding> = () => ({}),
): OperatorCase {
  return {
    operator: 'MaxPool',
    label: `MaxPool ${label}`,
    build: (graph) => {
      const window = { ...sliding(graph, rank), ...draw(graph) }
      const { kernel, dilations, pads, spatial } = window
      const ceil_mode = graph.integer(0, 1)
      const strides = ceil_mode ? ceilStrides(window) : window.strides
      const x = graph.distinct([graph.integer(1, 2), graph.integer(1, 3), ...spatial])
      return graph.apply('MaxPool', [x], {
        kernel_shape: kernel,
        strides,
        dilations,
        pads,
        ceil_mode,
      })
    },
  }
}

const sideBySide = (graph: CaseGraph) => {
  const kernel = [graph.integer(1, 3), graph.integer(1, 3)]
  const spatial = kernel.map((size) => size * graph.integer(1, 3) + graph.integer(0, size - 1))
  return { kernel, strides: kernel, dilations: [1, 1], pads: [0, 0, 0, 0], spatial }
}

function averagePool(rank: number, count_include_pad: number, ceil_mode: number): OperatorCase {
  return {
    operator: 'AveragePool',
    label: `AveragePool ${rank}-D count_include_pad ${count_include_pad} ceil_mode ${ceil_mode}`,
    build: (graph) => {
      const window = sliding(graph, rank, true, 1)
      const { kernel, pads, spatial } = window
      const strides = ceil_mode ? ceilStrides(window) : window.strides
      const x = graph.float([graph.integer(1, 2), graph.integer(1, 3), ...spatial])
      return graph.apply('AveragePool', [x], {
        kernel_shape: kernel,
        strides,
        pads,
        ceil_mode,
        count_include_pad,
      })
    },
  }
}

const poolingCases: OperatorCase[] = [
  maxPool('1-D', 1),
  maxPool('2-D', 2),
  maxPool('3-D', 3),
  maxPool('side by side', 2, sideBySide),
  {
    operator: 'MaxPool',
    label: 'MaxPool behind Relu',
    build: (graph) => {
      const x = graph.apply('Relu', [graph.distinct([2, 2, 5, 6])])
      return [
        graph.apply('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2] }),
        graph.apply('Mul', [x, x]),
      ]
    },
  },
  {
    operator: 'MaxPool',
    label: 'MaxPool with indices',
    build: (graph) => {
      const outputs = graph.builder.applyMany(
        'MaxPool',
        [graph.distinct([2, 2, 5, 5])],
        { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
        2,
      )
      return outputs
    },
  },
  {
    operator: 'AveragePool',
    label: 'AveragePool side by side',
    build: (graph) => {
      const { kernel, strides, spatial } = sideBySide(graph)
      return graph.apply('AveragePool', [graph.float([2, 3, ...spatial])], { kernel_shape: kernel, strides })
    },
  },
  ...[0, 1].flatMap((pad) => [0, 1].flatMap((ceil) => [1, 2].map((rank) => averagePool(rank, pad, ceil)))),
  {
    operator: 'GlobalAveragePool',
    label: 'GlobalAveragePool',
    build: (graph) => graph.apply('GlobalAveragePool', [graph.float(graph.shape(graph.integer(3, 5)))]),
  },
  {
    operator: 'GlobalMaxPool',
    label: 'GlobalMaxPool',
    build: (graph) => graph.apply('GlobalMaxPool', [graph.distinct(graph.shape(graph.integer(3, 5)))]),
  },
  {
    operator: 'MaxUnpool',
    label: 'MaxUnpool',
    build: (graph) => {
      const attributes = { kernel_shape: [2, 2], strides: [2, 2] }
      const [, indices] = graph.builder.applyMany('MaxPool', [graph.distinct([2, 2, 4, 6])], attributes, 2)
      const size = graph.builder.integers([2, 2, 4, 6])
      return graph.apply('MaxUnpool', [graph.float([2, 2, 2, 3]), indices, size], attributes)
    },
  },
]

export const windowCases: readonly OperatorCase[] = [
  convolution('1-D', 1),
  convolution('2-D', 2),
  convolution('3-D', 3),
  convolution('pads beyond the kernel', 2, (graph) => ({ pads: [3, graph.integer(0, 3), 4, 3] })),
  fixedConvolution(2, 1, 8, 3, 5),
  fixedConvolution(2, 3, 6, 4, 3, { pads: [1, 1, 1, 1] }),
  fixedConvolution(2, 16, 5, 16, 3, { pads: [1, 1, 1, 1] }),
  fixedConvolution(2, 17, 4, 16, 3, { pads: [0, 1, 2, 1] }),
  fixedConvolution(2, 16, 7, 18, 3, { strides: [2, 2], pads: [1, 1, 1, 1] }),
  fixedConvolution(2, 16, 6, 16, 3, { strides: [2, 2], pads: [1, 1, 1, 1] }),
  fixedConvolution(2, 16, 4, 20, 1),
  fixedConvolution(2, 16, 5, 16, 1, { strides: [2, 2] }),
  fixedConvolution(2, 16, 7, 16, 3, { dilations: [2, 2], pads: [2, 2, 2, 2] }),
  fixedConvolution(2, 32, 5, 32, 3, { group: 2, pads: [1, 1, 1, 1] }),
  fixedConvolution(2, 16, 5, 16, 3, { group: 16, pads: [1, 1, 1, 1] }),
  ...['SAME_UPPER', 'SAME_LOWER', 'VALID'].flatMap((mode) => [
    automatic('Conv', mode),
    automatic('MaxPool', mode),
    automatic('AveragePool', mode),
  ]),
  transposedConvolution(1),
  transposedConvolution(2),
  groupsOfFive,
  groupsIntoOneChannel,
  ...poolingCases,
]
