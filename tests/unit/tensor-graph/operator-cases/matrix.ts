import type { CaseGraph, OperatorCase } from './case-graph.ts'

const matMulShapes: readonly (readonly [
  string,
  (m: number, k: number, n: number) => [number[], number[]],
])[] = [
  [
    'matrices',
    (m, k, n) => [
      [m, k],
      [k, n],
    ],
  ],
  ['vector · matrix', (_, k, n) => [[k], [k, n]]],
  ['matrix · vector', (m, k) => [[m, k], [k]]],
  ['vector · vector', (_, k) => [[k], [k]]],
  [
    'batch · matrix',
    (m, k, n) => [
      [2, 3, m, k],
      [k, n],
    ],
  ],
  ['batch · vector', (m, k) => [[2, m, k], [k]]],
  ['vector · batch', (_, k, n) => [[k], [2, k, n]]],
  [
    'matrix · batch',
    (m, k, n) => [
      [m, k],
      [2, k, n],
    ],
  ],
  [
    'batch · batch',
    (m, k, n) => [
      [2, 3, m, k],
      [2, 3, k, n],
    ],
  ],
  [
    'batches that broadcast',
    (m, k, n) => [
      [2, 1, m, k],
      [3, k, n],
    ],
  ],
]

const flags = [0, 1].flatMap((transA) => [0, 1].map((transB) => ({ transA, transB })))

function sides(graph: CaseGraph, transA: number, transB: number): [number[], number[], number, number] {
  const [m, k, n] = [graph.integer(1, 4), graph.integer(1, 4), graph.integer(1, 4)]
  return [transA ? [k, m] : [m, k], transB ? [n, k] : [k, n], m, n]
}

export const matrixCases: readonly OperatorCase[] = [
  ...matMulShapes.map(
    ([label, shapes]): OperatorCase => ({
      operator: 'MatMul',
      label: `MatMul ${label}`,
      build: (graph) => {
        const [a, b] = shapes(graph.integer(1, 4), graph.integer(1, 4), graph.integer(1, 4))
        return graph.apply('MatMul', [graph.float(a), graph.float(b)])
      },
    }),
  ),
  ...flags.flatMap(({ transA, transB }): OperatorCase[] => [
    {
      operator: 'Gemm',
      label: `Gemm ${transA}${transB}`,
      build: (graph) => {
        const [a, b] = sides(graph, transA, transB)
        return graph.apply('Gemm', [graph.float(a), graph.float(b)], { transA, transB })
      },
    },
    {
      operator: 'Gemm',
      label: `Gemm ${transA}${transB} with addend and factors`,
      build: (graph) => {
        const [a, b, m, n] = sides(graph, transA, transB)
        const addend = graph.pick([[n], [m, n], [m, 1], [1, n], [], [1]])
        const inputs = [graph.float(a), graph.float(b), graph.float(addend)]
        return graph.apply('Gemm', inputs, { transA, transB, alpha: 0.5, beta: -1.5 })
      },
    },
    {
      operator: 'FusedMatMul',
      label: `FusedMatMul ${transA}${transB}`,
      build: (graph) => {
        const [a, b] = sides(graph, transA, transB)
        const [left, right] = graph.pick<[number[], number[]]>([
          [[2], [2]],
          [
            [3, 2],
            [3, 2],
          ],
          [[2], []],
          [[3, 1], [2]],
        ])
        const inputs = [graph.float([...left, ...a]), graph.float([...right, ...b])]
        return graph.apply('FusedMatMul', inputs, { transA, transB, alpha: 1.25 })
      },
    },
  ]),
]
