import type { CaseGraph, OperatorCase } from './case-graph.ts'

/** An LSTM of random sizes; `used` are the outputs that count. */
function lstm(
  graph: CaseGraph,
  direction: string,
  withBias: boolean,
  used: readonly number[],
  states: { readonly output?: boolean; readonly cell?: boolean } = {},
) {
  const [steps, batch, features, units] = [
    graph.integer(1, 4),
    graph.integer(1, 3),
    graph.integer(1, 3),
    graph.integer(1, 3),
  ]
  const operands = [
    graph.float([steps, batch, features]),
    graph.float([1, 4 * units, features], -1, 1),
    graph.float([1, 4 * units, units], -1, 1),
    withBias ? graph.float([1, 8 * units], -1, 1) : undefined,
    ...(states.output || states.cell ? [undefined] : []),
    ...(states.output || states.cell
      ? [states.output ? graph.float([1, batch, units], -1, 1) : undefined]
      : []),
    ...(states.cell ? [graph.float([1, batch, units])] : []),
  ]
  const outputs = graph.builder.applyMany('LSTM', operands, { hidden_size: units, direction }, 2)
  return used.flatMap((index) => outputs[index] ?? [])
}

/** The same of a GRU. */
function gru(
  graph: CaseGraph,
  direction: string,
  withBias: boolean,
  used: readonly number[],
  hasState = false,
) {
  const [steps, batch, features, units] = [
    graph.integer(1, 4),
    graph.integer(1, 3),
    graph.integer(1, 3),
    graph.integer(1, 3),
  ]
  const operands = [
    graph.float([steps, batch, features]),
    graph.float([1, 3 * units, features], -1, 1),
    graph.float([1, 3 * units, units], -1, 1),
    withBias ? graph.float([1, 6 * units], -1, 1) : undefined,
    ...(hasState ? [undefined, graph.float([1, batch, units], -1, 1)] : []),
  ]
  const attributes = { hidden_size: units, direction, linear_before_reset: 1 }
  const outputs = graph.builder.applyMany('GRU', operands, attributes, 2)
  return used.flatMap((index) => outputs[index] ?? [])
}

export const recurrentCases: readonly OperatorCase[] = [
  { operator: 'LSTM', label: 'LSTM, all outputs', build: (graph) => lstm(graph, 'forward', true, [0]) },
  { operator: 'LSTM', label: 'LSTM, last output', build: (graph) => lstm(graph, 'forward', true, [1]) },
  { operator: 'LSTM', label: 'LSTM, both', build: (graph) => lstm(graph, 'forward', false, [0, 1]) },
  { operator: 'LSTM', label: 'LSTM backwards', build: (graph) => lstm(graph, 'reverse', true, [0, 1]) },
  {
    operator: 'LSTM',
    label: 'LSTM backwards, last output',
    build: (graph) => lstm(graph, 'reverse', true, [1]),
  },
  { operator: 'GRU', label: 'GRU, all outputs', build: (graph) => gru(graph, 'forward', true, [0]) },
  { operator: 'GRU', label: 'GRU, last output', build: (graph) => gru(graph, 'forward', true, [1]) },
  { operator: 'GRU', label: 'GRU, both', build: (graph) => gru(graph, 'forward', false, [0, 1]) },
  { operator: 'GRU', label: 'GRU backwards', build: (graph) => gru(graph, 'reverse', true, [0, 1]) },
  {
    operator: 'GRU',
    label: 'GRU backwards, last output',
    build: (graph) => gru(graph, 'reverse', false, [1]),
  },
  {
    operator: 'LSTM',
    label: 'LSTM from states',
    build: (graph) => lstm(graph, 'forward', true, [0, 1], { output: true, cell: true }),
  },
  {
    operator: 'LSTM',
    label: 'LSTM backwards from states',
    build: (graph) => lstm(graph, 'reverse', false, [0], { output: true, cell: true }),
  },
  {
    operator: 'LSTM',
    label: 'LSTM from an output alone',
    build: (graph) => lstm(graph, 'forward', true, [1], { output: true }),
  },
  {
    operator: 'LSTM',
    label: 'LSTM from a cell alone',
    build: (graph) => lstm(graph, 'reverse', true, [0, 1], { cell: true }),
  },
  { operator: 'GRU', label: 'GRU from a state', build: (graph) => gru(graph, 'forward', true, [0, 1], true) },
  {
    operator: 'GRU',
    label: 'GRU backwards from a state',
    build: (graph) => gru(graph, 'reverse', false, [0], true),
  },
]
