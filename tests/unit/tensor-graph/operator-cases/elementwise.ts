import { dataTypeCodes } from '../../../../src-core/tensor-graph/data-types.ts'
import type { Attributes } from '../../../../src-core/tensor-graph/types.ts'
import type { CaseGraph, OperatorCase } from './case-graph.ts'

type Draw = (graph: CaseGraph, shape: readonly number[]) => ReturnType<CaseGraph['float']>

const plain: Draw = (graph, shape) => graph.float(shape)
const positive: Draw = (graph, shape) => graph.float(shape, 0.2, 3)
const nonZero: Draw = (graph, shape) => graph.awayFromZero(shape)
const wide: Draw = (graph, shape) => graph.awayFromZero(shape, 5)

function unary(operator: string, draw: Draw, attributes: Attributes = {}): OperatorCase {
  return {
    operator,
    label: `${operator} ${JSON.stringify(attributes)}`,
    build: (graph) => graph.apply(operator, [draw(graph, graph.shape(graph.integer(0, 3)))], attributes),
  }
}

function binary(operator: string, left: Draw, right: Draw = left): OperatorCase {
  return {
    operator,
    label: `${operator} broadcast`,
    build: (graph) => {
      const [a, b] = graph.broadcastPair()
      return graph.apply(operator, [left(graph, a), right(graph, b)])
    },
  }
}

/** Several inputs of shapes that broadcast, no two elements of which are equal. */
function variadic(operator: string): OperatorCase {
  return {
    operator,
    label: `${operator} of several`,
    build: (graph) => {
      const all = graph.distinct([4, 2, 3])
      const parts = graph.builder.applyMany('Split', [all], { axis: 0, num_outputs: 4 }, 4)
      const row = graph.apply('ReduceMax', [parts[3], graph.builder.integers([1])])
      return graph.apply(operator, [...parts.slice(0, 3), row])
    },
  }
}

const binaryCases: OperatorCase[] = [
  binary('Add', plain),
  binary('Sub', plain),
  binary('Mul', plain),
  binary('Div', plain, nonZero),
  binary('Pow', positive, plain),
  ...[1, 2, 3, -1].map(
    (exponent): OperatorCase => ({
      operator: 'Pow',
      label: `Pow ${exponent}`,
      build: (graph) =>
        graph.apply('Pow', [graph.awayFromZero(graph.shape(2)), graph.builder.scalar(exponent)]),
    }),
  ),
  {
    operator: 'Mul',
    label: 'Mul of one tensor with itself',
    build: (graph) => {
      const x = graph.float(graph.shape(2))
      return graph.apply('Mul', [x, x])
    },
  },
  {
    operator: 'Mul',
    label: 'Mul with constants',
    build: (graph) => {
      const scaled = graph.apply('Mul', [graph.float(graph.shape(2)), graph.builder.scalar(3)])
      return graph.apply('Mul', [graph.builder.scalar(-0.5), scaled])
    },
  },
  {
    operator: 'Div',
    label: 'Div by a constant',
    build: (graph) => graph.apply('Div', [graph.float(graph.shape(2)), graph.builder.scalar(3)]),
  },
  ...['Min', 'Max', 'Sum', 'Mean'].map(variadic),
  {
    operator: 'Div',
    label: 'Div of integers',
    build: (graph) => graph.apply('Div', [graph.integers([3, 4], -9, 9), graph.integers([4], 1, 4)]),
  },
]

const unaryCases: OperatorCase[] = [
  unary('Identity', plain),
  unary('Sqrt', positive),
  unary('Exp', plain),
  unary('Log', positive),
  unary('Reciprocal', nonZero),
  unary('Floor', plain),
  unary('Ceil', plain),
  unary('Round', plain),
  unary('Erf', wide),
  unary('Sin', plain),
  unary('Cos', plain),
  unary('Abs', nonZero),
  unary('Neg', plain),
  unary('Sign', plain),
  unary('Relu', nonZero),
  unary('LeakyRelu', nonZero),
  unary('LeakyRelu', nonZero, { alpha: 0.3 }),
  unary('Elu', nonZero),
  unary('Elu', nonZero, { alpha: 1.5 }),
  unary('Celu', nonZero, { alpha: 0.7 }),
  unary('Selu', nonZero),
  unary('Selu', nonZero, { alpha: 1.2, gamma: 0.9 }),
  unary('Gelu', wide),
  unary('Gelu', wide, { approximate: 'tanh' }),
  unary('Sigmoid', wide),
  unary('Tanh', plain),
  unary('Softplus', wide),
  unary('Softsign', nonZero),
  unary('HardSigmoid', wide),
  unary('HardSigmoid', nonZero, { alpha: 0.5, beta: 0.4 }),
  unary('HardSwish', wide),
  unary('Mish', wide),
  unary('Cast', plain, { to: dataTypeCodes.float32 }),
  unary('Cast', plain, { to: dataTypeCodes.int64 }),
  unary('Cast', plain, { to: dataTypeCodes.bool }),
  {
    operator: 'Cast',
    label: 'Cast of integers',
    build: (graph) =>
      graph.apply('Cast', [graph.integers(graph.shape(2), 0, 200, 'uint8')], { to: dataTypeCodes.float32 }),
  },
  {
    operator: 'Clip',
    label: 'Clip with both bounds',
    build: (graph) =>
      graph.apply('Clip', [graph.float([3, 4]), graph.float([], -1, -0.5), graph.float([], 0.5, 1)]),
  },
  {
    operator: 'Clip',
    label: 'Clip from above',
    build: (graph) => graph.apply('Clip', [graph.float([3, 4]), undefined, graph.builder.scalar(0.3)]),
  },
  ...(['Softmax', 'LogSoftmax'] as const).flatMap((operator) =>
    [-1, 0, 1].map(
      (axis): OperatorCase => ({
        operator,
        label: `${operator} axis ${axis}`,
        build: (graph) => graph.apply(operator, [graph.float(graph.shape(3), -3, 3)], { axis }),
      }),
    ),
  ),
]

function comparison(operator: string): OperatorCase {
  return {
    operator,
    label: operator,
    build: (graph) => {
      const [a, b] = graph.broadcastPair()
      return graph.apply(operator, [graph.integers(a, 0, 2), graph.integers(b, 0, 2)])
    },
  }
}

function logic(operator: string): OperatorCase {
  return {
    operator,
    label: operator,
    build: (graph) => {
      const [a, b] = graph.broadcastPair()
      return graph.apply(operator, [graph.truths(a), graph.truths(b)])
    },
  }
}

const logicCases: OperatorCase[] = [
  ...['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual'].map(comparison),
  ...['And', 'Or', 'Xor'].map(logic),
  { operator: 'Not', label: 'Not', build: (graph) => graph.apply('Not', [graph.truths(graph.shape(2))]) },
  {
    operator: 'IsNaN',
    label: 'IsNaN',
    build: (graph) =>
      graph.apply('IsNaN', [graph.input('float32', [6], () => (graph.random() < 0.5 ? Number.NaN : 1))]),
  },
  {
    operator: 'Where',
    label: 'Where broadcast',
    build: (graph) => {
      const [a, b] = graph.broadcastPair()
      return graph.apply('Where', [
        graph.truths([a, b].sort((x, y) => y.length - x.length)[0] ?? []),
        graph.float(a),
        graph.float(b),
      ])
    },
  },
  {
    operator: 'Where',
    label: 'Where with a scalar',
    build: (graph) => graph.apply('Where', [graph.truths([3, 4]), graph.builder.scalar(0), graph.float([4])]),
  },
]

export const elementwiseCases: readonly OperatorCase[] = [...binaryCases, ...unaryCases, ...logicCases]
