import {
  at,
  build,
  count,
  indices,
  number,
  positiveAxis,
  type ReferenceFamily,
  type ReferenceOperator,
  required,
} from '../tensor.ts'

const layerNormalization: ReferenceOperator = (inputs, attributes, outputCount) => {
  const [x, scale] = [required(inputs, 0), required(inputs, 1)]
  const bias = inputs[2]
  const axis = positiveAxis(number(attributes, 'axis', -1), x.shape.length)
  const inner = x.shape.slice(axis)
  const epsilon = number(attributes, 'epsilon', 1e-5)
  const statisticsShape = x.shape.map((size, at) => (at < axis ? size : 1))
  const row = (outer: readonly number[]) =>
    Array.from(indices(inner), (index) => at(x, [...outer.slice(0, axis), ...index]))
  const mean = build(x.dtype, statisticsShape, (index) => {
    return row(index).reduce((a, b) => a + b, 0) / count(inner)
  })
  const inverse = build(x.dtype, statisticsShape, (index) => {
    const centre = at(mean, index)
    const variance = row(index).reduce((sum, value) => sum + (value - centre) ** 2, 0) / count(inner)
    return 1 / Math.sqrt(variance + epsilon)
  })
  const y = build(x.dtype, x.shape, (index) => {
    const outer = index.map((position, at) => (at < axis ? position : 0))
    const own = index.slice(axis)
    const flat = own.reduce((sum, position, at) => sum * (inner[at] ?? 1) + position, 0)
    const standard = (at(x, index) - at(mean, outer)) * at(inverse, outer)
    return standard * (scale.data[flat] ?? 0) + (bias?.data[flat] ?? 0)
  })
  return [y, mean, inverse].slice(0, outputCount)
}

const batchNormalization: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((index) => required(inputs, index).data)
  const epsilon = number(attributes, 'epsilon', 1e-5)
  return [
    build(x.dtype, x.shape, (index) => {
      const channel = index[1] ?? 0
      const standard =
        (at(x, index) - (mean?.[channel] ?? 0)) / Math.sqrt((variance?.[channel] ?? 0) + epsilon)
      return standard * (scale?.[channel] ?? 0) + (bias?.[channel] ?? 0)
    }),
  ]
}

export const normalizationReference: ReferenceFamily = {
  LayerNormalization: layerNormalization,
  BatchNormalization: batchNormalization,
}
