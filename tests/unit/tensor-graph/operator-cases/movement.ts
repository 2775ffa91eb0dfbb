import type { TensorValue } from '../../../../src-core/tensor-graph/types.ts'
import type { CaseGraph, OperatorCase } from './case-graph.ts'

function one(operator: string, label: string, build: OperatorCase['build']): OperatorCase {
  return { operator, label: `${operator} ${label}`, build }
}

function integers(graph: CaseGraph, values: readonly number[]): TensorValue {
  return graph.builder.integers(values)
}

const shapeCases: OperatorCase[] = [
  one('Reshape', 'with a free axis', (graph) =>
    graph.apply('Reshape', [graph.float([2, 3, 4]), integers(graph, [4, -1])]),
  ),
  one('Reshape', 'that copies axes', (graph) =>
    graph.apply('Reshape', [graph.float([2, 3, 4]), integers(graph, [0, 0, 2, 2])]),
  ),
  one('Reshape', 'of a sum', (graph) => {
    const total = graph.apply('ReduceSum', [graph.float([2, 3])], { keepdims: 0 })
    return graph.apply('Reshape', [total, integers(graph, [1, 1])])
  }),
  one('Flatten', 'at any axis', (graph) =>
    graph.apply('Flatten', [graph.float(graph.shape(3))], { axis: graph.integer(-3, 3) }),
  ),
  one('Squeeze', 'named axes', (graph) =>
    graph.apply('Squeeze', [graph.float([1, 3, 1, 2]), integers(graph, [0, -2])]),
  ),
  one('Squeeze', 'every axis of 1', (graph) => graph.apply('Squeeze', [graph.float([1, 3, 1, 2])])),
  one('Unsqueeze', 'at front and end', (graph) =>
    graph.apply('Unsqueeze', [graph.float([3, 2]), integers(graph, [-1, 0])]),
  ),
  one('Transpose', 'reversed', (graph) => graph.apply('Transpose', [graph.float(graph.shape(3))])),
  ...[
    [0, 2, 1],
    [1, 2, 0],
    [2, 0, 1],
    [1, 0, 2],
  ].map((perm) =>
    one('Transpose', perm.join(), (graph) =>
      graph.apply('Transpose', [graph.float(graph.shape(3))], { perm }),
    ),
  ),
  one('Expand', 'to more axes', (graph) =>
    graph.apply('Expand', [graph.float([3, 1]), integers(graph, [2, 1, 4])]),
  ),
  one('Tile', 'some axes', (graph) => {
    const repeats = [graph.integer(1, 3), 1, graph.integer(1, 3)]
    return graph.apply('Tile', [graph.float(graph.shape(3)), integers(graph, repeats)])
  }),
  one('Concat', 'of three', (graph) => {
    const axis = graph.integer(-2, 1)
    const shape = graph.shape(2)
    const parts = [1, 2, 3].map((size) => graph.float(shape.with(axis, size)))
    return graph.apply('Concat', parts, { axis })
  }),
  one('Concat', 'of which one has no gradient', (graph) => {
    const fixed = graph.input('float32', [2, 3], () => graph.random())
    return graph.apply('Concat', [fixed, graph.float([2, 2])], { axis: 1 })
  }),
  one('Split', 'into given sizes', (graph) =>
    graph.builder.applyMany('Split', [graph.float([2, 6]), integers(graph, [1, 3, 2])], { axis: 1 }, 3),
  ),
  one('Split', 'of which one part is unused', (graph) =>
    graph.builder.applyMany('Split', [graph.float([5, 2])], { axis: 0, num_outputs: 3 }, 3).slice(1),
  ),
]

const sliceCases: OperatorCase[] = [
  one('Slice', 'inner block', (graph) =>
    graph.apply('Slice', [graph.float([4, 5]), integers(graph, [1, -4]), integers(graph, [3, 100])]),
  ),
  one('Slice', 'with steps', (graph) =>
    graph.apply('Slice', [
      graph.float([7, 2, 6]),
      integers(graph, [1, 5]),
      integers(graph, [100, -100]),
      integers(graph, [0, -1]),
      integers(graph, [2, -2]),
    ]),
  ),
  one('Slice', 'reversed', (graph) =>
    graph.apply('Slice', [
      graph.float([3, 4]),
      integers(graph, [-1, -1]),
      integers(graph, [-100, -100]),
      integers(graph, [0, 1]),
      integers(graph, [-1, -1]),
    ]),
  ),
  one('Pad', 'with zeros', (graph) =>
    graph.apply('Pad', [graph.float([2, 3]), integers(graph, [1, 0, 2, 1])]),
  ),
  one('Pad', 'with a computed number', (graph) =>
    graph.apply('Pad', [graph.float([2, 3]), integers(graph, [1, 0, 2, 1]), graph.float([])]),
  ),
  one('Pad', 'that also cuts', (graph) =>
    graph.apply('Pad', [graph.float([4, 5]), integers(graph, [-1, 2, 1, -2])]),
  ),
  one('Pad', 'of named axes', (graph) =>
    graph.apply('Pad', [graph.float([2, 3, 4]), integers(graph, [1, 2]), undefined, integers(graph, [-1])]),
  ),
  ...['reflect', 'edge', 'wrap'].map((mode) =>
    one('Pad', mode, (graph) =>
      graph.apply('Pad', [graph.float([2, 4, 5]), integers(graph, [0, 2, 1, 0, 1, 3])], { mode }),
    ),
  ),
]

function resize(mode: string, coordinate: string, nearest: string): OperatorCase {
  return one('Resize', `${mode} ${coordinate} ${nearest}`, (graph) => {
    const scales = Float32Array.of(1, 1, graph.pick([0.5, 1, 1.5, 2, 3]), graph.pick([0.75, 1, 2, 2.5]))
    return graph.apply(
      'Resize',
      [graph.float([2, 2, 4, 4]), undefined, graph.builder.constant('float32', [4], scales, 'scales')],
      { mode, coordinate_transformation_mode: coordinate, nearest_mode: nearest },
    )
  })
}

const resizeCases: OperatorCase[] = [
  resize('nearest', 'asymmetric', 'floor'),
  resize('nearest', 'half_pixel', 'round_prefer_floor'),
  resize('nearest', 'asymmetric', 'ceil'),
  resize('nearest', 'half_pixel', 'round_prefer_ceil'),
  resize('linear', 'half_pixel', 'floor'),
  resize('linear', 'asymmetric', 'floor'),
  resize('linear', 'align_corners', 'floor'),
  resize('linear', 'pytorch_half_pixel', 'floor'),
  one('Resize', 'to sizes', (graph) =>
    graph.apply('Resize', [graph.float([1, 2, 3, 4]), undefined, undefined, integers(graph, [1, 2, 6, 8])], {
      mode: 'linear',
    }),
  ),
  one('Resize', 'some axes to sizes', (graph) =>
    graph.apply('Resize', [graph.float([2, 3, 5, 4]), undefined, undefined, integers(graph, [7, 2])], {
      axes: [2, 3],
      mode: 'linear',
    }),
  ),
]

const indexCases: OperatorCase[] = [
  ...[0, 1, -1].map((axis) =>
    one('Gather', `axis ${axis}`, (graph) =>
      graph.apply(
        'Gather',
        [graph.float([3, 3, 3]), graph.integers(graph.shape(graph.integer(0, 2)), -3, 2)],
        { axis },
      ),
    ),
  ),
  one('Gather', 'by int32', (graph) =>
    graph.apply('Gather', [graph.float([5, 2]), graph.integers([4, 3], 0, 4, 'int32')]),
  ),
  ...[0, 1].map((axis) =>
    one('GatherElements', `axis ${axis}`, (graph) =>
      graph.apply('GatherElements', [graph.float([4, 4]), graph.integers([3, 3], -4, 3)], { axis }),
    ),
  ),
  one('GatherND', 'rows', (graph) =>
    graph.apply('GatherND', [graph.float([3, 4, 2]), graph.integers([5, 2], 0, 2)]),
  ),
  one('ScatterElements', 'added', (graph) =>
    graph.apply(
      'ScatterElements',
      [graph.float([4, 3]), graph.integers([5, 2], -4, 3), graph.float([5, 2])],
      {
        axis: 0,
        reduction: 'add',
      },
    ),
  ),
  one('ScatterElements', 'written', (graph) => {
    const places = graph.builder.constant('int64', [2, 2], BigInt64Array.of(0n, 3n, 2n, 1n), 'places')
    return graph.apply('ScatterElements', [graph.float([4, 3]), places, graph.float([2, 2])])
  }),
  one('ScatterND', 'added', (graph) =>
    graph.apply('ScatterND', [graph.float([4, 3]), graph.integers([6, 1], 0, 3), graph.float([6, 3])], {
      reduction: 'add',
    }),
  ),
  one('ScatterND', 'written', (graph) => {
    const places = graph.builder.constant('int64', [2, 2], BigInt64Array.of(0n, 2n, 3n, 1n), 'places')
    return graph.apply('ScatterND', [graph.float([4, 3]), places, graph.float([2])])
  }),
  one('OneHot', 'classes', (graph) => {
    const depth = graph.builder.constant('int64', [], BigInt64Array.of(4n), 'depth')
    const values = graph.builder.constant('float32', [2], Float32Array.of(-1, 2), 'offAndOn')
    return graph.apply('OneHot', [graph.integers(graph.shape(2), -4, 3), depth, values], {
      axis: graph.pick([-1, 0, 1]),
    })
  }),
  ...[0, 1].map((largest) =>
    one('TopK', `largest ${largest}`, (graph) => {
      const x = graph.distinct([3, 4, 3])
      const attributes = { axis: graph.pick([-2, 0, 2]), largest }
      return graph.builder.applyMany('TopK', [x, integers(graph, [graph.integer(1, 3)])], attributes, 2)
    }),
  ),
  one('ConstantOfShape', 'value', (graph) =>
    graph.apply('ConstantOfShape', [integers(graph, [2, 3])], { value: 1.5 }),
  ),
  one('Range', 'floats', (graph) => {
    const { builder } = graph
    return graph.apply('Range', [builder.scalar(1), builder.scalar(4), builder.scalar(0.5)])
  }),
]

const normalizationCases: OperatorCase[] = [
  ...[-1, 1].map((axis) =>
    one('LayerNormalization', `axis ${axis}`, (graph) => {
      const shape = [2, 3, 4]
      const inner = shape.slice(axis)
      const inputs = [
        graph.float(shape),
        graph.float(inner),
        ...(graph.random() < 0.5 ? [graph.float(inner)] : []),
      ]
      return graph.apply('LayerNormalization', inputs, { axis, epsilon: 1e-3 })
    }),
  ),
  one('LayerNormalization', 'with statistics', (graph) => {
    const inputs = [graph.float([3, 5]), graph.float([5]), graph.float([5])]
    return graph.builder.applyMany('LayerNormalization', inputs, { axis: -1 }, 3).slice(0, 1)
  }),
  one('BatchNormalization', 'inference', (graph) => {
    const perChannel = () => graph.float([3])
    const inputs = [
      graph.float([2, 3, 2, 2]),
      perChannel(),
      perChannel(),
      perChannel(),
      graph.float([3], 0.5, 2),
    ]
    return graph.apply('BatchNormalization', inputs, { epsilon: 1e-3 })
  }),
]

export const movementCases: readonly OperatorCase[] = [
  ...shapeCases,
  ...sliceCases,
  ...resizeCases,
  ...indexCases,
  ...normalizationCases,
]
