import {
  at,
  build,
  number,
  type ReferenceFamily,
  type ReferenceTensor,
  required,
  tensor,
  text,
} from '../tensor.ts'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** A state at the beginning, [batch, units]; zeros where none is given. */
function initial(given: ReferenceTensor | undefined, x: ReferenceTensor, units: number): ReferenceTensor {
  return build(x.dtype, [x.shape[1] ?? 0, units], ([row = 0, unit = 0]) =>
    given ? at(given, [0, row, unit]) : 0,
  )
}

/** ONNX LSTM, one direction, default activations: gates i, o, f, c. */
function lstm(
  inputs: readonly (ReferenceTensor | undefined)[],
  units: number,
  reverse: boolean,
): readonly ReferenceTensor[] {
  const [x, w, r] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)]
  const bias = inputs[3]
  const [steps = 0, batch = 0, features = 0] = x.shape
  const y = tensor(x.dtype, [steps, 1, batch, units], new Float64Array(steps * batch * units))
  let h = initial(inputs[5], x, units)
  let c = initial(inputs[6], x, units)
  for (let count = 0; count < steps; count++) {
    const step = reverse ? steps - 1 - count : count
    const sum = (row: number, unit: number, gate: number) => {
      const column = gate * units + unit
      let total = bias ? at(bias, [0, column]) + at(bias, [0, 4 * units + column]) : 0
      for (let f = 0; f < features; f++) total += at(x, [step, row, f]) * at(w, [0, column, f])
      for (let u = 0; u < units; u++) total += at(h, [row, u]) * at(r, [0, column, u])
      return total
    }
    const cells = build(x.dtype, [batch, units], ([row = 0, unit = 0]) => {
      const [input, forget] = [sigmoid(sum(row, unit, 0)), sigmoid(sum(row, unit, 2))]
      return forget * at(c, [row, unit]) + input * Math.tanh(sum(row, unit, 3))
    })
    const outputs = build(
      x.dtype,
      [batch, units],
      ([row = 0, unit = 0]) => sigmoid(sum(row, unit, 1)) * Math.tanh(at(cells, [row, unit])),
    )
    h = outputs
    c = cells
    y.data.set(outputs.data, step * batch * units)
  }
  const last = (value: ReferenceTensor) => tensor(x.dtype, [1, batch, units], value.data)
  return [y, last(h), last(c)]
}

/** ONNX GRU, one direction, default activations, linear before reset: gates z, r, h. */
function gru(
  inputs: readonly (ReferenceTensor | undefined)[],
  units: number,
  reverse: boolean,
): readonly ReferenceTensor[] {
  const [x, w, r] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)]
  const bias = inputs[3]
  const [steps = 0, batch = 0, features = 0] = x.shape
  const y = tensor('float32', [steps, 1, batch, units], new Float64Array(steps * batch * units))
  let h = initial(inputs[5], x, units)
  for (let count = 0; count < steps; count++) {
    const step = reverse ? steps - 1 - count : count
    const fromInput = (row: number, column: number) => {
      let total = bias ? at(bias, [0, column]) : 0
      for (let f = 0; f < features; f++) total += at(x, [step, row, f]) * at(w, [0, column, f])
      return total
    }
    const before = h
    const fromState = (row: number, column: number) => {
      let total = bias ? at(bias, [0, 3 * units + column]) : 0
      for (let u = 0; u < units; u++) total += at(before, [row, u]) * at(r, [0, column, u])
      return total
    }
    h = build('float32', [batch, units], ([row = 0, unit = 0]) => {
      const gate = (index: number) =>
        sigmoid(fromInput(row, index * units + unit) + fromState(row, index * units + unit))
      const column = 2 * units + unit
      const candidate = Math.tanh(fromInput(row, column) + gate(1) * fromState(row, column))
      return (1 - gate(0)) * candidate + gate(0) * at(before, [row, unit])
    })
    y.data.set(h.data, step * batch * units)
  }
  return [y, tensor('float32', [1, batch, units], h.data)]
}

export const recurrentReference: ReferenceFamily = {
  LSTM: (inputs, attributes, outputCount) =>
    lstm(
      inputs,
      number(attributes, 'hidden_size', 0),
      text(attributes, 'direction', 'forward') === 'reverse',
    ).slice(0, outputCount),
  GRU: (inputs, attributes, outputCount) =>
    gru(
      inputs,
      number(attributes, 'hidden_size', 0),
      text(attributes, 'direction', 'forward') === 'reverse',
    ).slice(0, outputCount),
}
