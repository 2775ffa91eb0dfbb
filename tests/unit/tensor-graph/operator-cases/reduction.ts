import type { CaseGraph, OperatorCase } from './case-graph.ts'

type Draw = (graph: CaseGraph, shape: readonly number[]) => ReturnType<CaseGraph['float']>

function reduction(operator: string, draw: Draw): OperatorCase[] {
  return [
    {
      operator,
      label: `${operator} over some axes`,
      build: (graph) => {
        const axes = graph.someAxes(3).map((axis) => (graph.random() < 0.3 ? axis - 3 : axis))
        const inputs = [draw(graph, graph.shape(3)), graph.builder.integers(axes)]
        return graph.apply(operator, inputs, { keepdims: graph.integer(0, 1) })
      },
    },
    {
      operator,
      label: `${operator} over all`,
      build: (graph) => graph.apply(operator, [draw(graph, graph.shape(2))], { keepdims: 0 }),
    },
  ]
}

const plain: Draw = (graph, shape) => graph.float(shape)
const distinct: Draw = (graph, shape) => graph.distinct(shape)
const nonZero: Draw = (graph, shape) => graph.awayFromZero(shape)

function argument(operator: string): OperatorCase {
  return {
    operator,
    label: operator,
    build: (graph) =>
      graph.apply(operator, [graph.integers(graph.shape(3), 0, 3, 'float32')], {
        axis: graph.integer(-3, 2),
        keepdims: graph.integer(0, 1),
        select_last_index: graph.integer(0, 1),
      }),
  }
}

export const reductionCases: readonly OperatorCase[] = [
  ...reduction('ReduceSum', plain),
  ...reduction('ReduceMean', plain),
  ...reduction('ReduceMax', distinct),
  ...reduction('ReduceMin', distinct),
  ...reduction('ReduceSumSquare', plain),
  ...reduction('ReduceL1', nonZero),
  ...reduction('ReduceL2', nonZero),
  ...reduction('ReduceLogSumExp', plain),
  {
    operator: 'ReduceSum',
    label: 'ReduceSum over no axis',
    build: (graph) =>
      graph.apply('ReduceSum', [graph.float([2, 3]), graph.builder.integers([])], {
        noop_with_empty_axes: 1,
      }),
  },
  {
    operator: 'ReduceMean',
    label: 'ReduceMean twice, as a variance',
    build: (graph) => {
      const x = graph.float([2, 3, 4])
      const axes = graph.builder.integers([0, 2])
      const centred = graph.apply('Sub', [x, graph.apply('ReduceMean', [x, axes])])
      return graph.apply('ReduceMean', [graph.apply('Mul', [centred, centred]), axes], { keepdims: 0 })
    },
  },
  argument('ArgMax'),
  argument('ArgMin'),
  ...[0, 1].flatMap((exclusive) =>
    [0, 1].map(
      (reverse): OperatorCase => ({
        operator: 'CumSum',
        label: `CumSum exclusive ${exclusive} reverse ${reverse}`,
        build: (graph) => {
          const axis = graph.builder.constant(
            'int64',
            [],
            BigInt64Array.of(BigInt(graph.integer(-2, 1))),
            'axis',
          )
          return graph.apply('CumSum', [graph.float(graph.shape(2)), axis], { exclusive, reverse })
        },
      }),
    ),
  ),
]
