import {
  at,
  build,
  count,
  indices,
  number,
  numbers,
  positiveAxis,
  type ReferenceFamily,
  type ReferenceOperator,
  ravel,
  required,
  text,
} from '../tensor.ts'

const gather: ReferenceOperator = (inputs, attributes) => {
  const [x, places] = [required(inputs, 0), required(inputs, 1)]
  const axis = positiveAxis(number(attributes, 'axis', 0), x.shape.length)
  const rank = places.shape.length
  const shape = [...x.shape.slice(0, axis), ...places.shape, ...x.shape.slice(axis + 1)]
  return [
    build(x.dtype, shape, (index) => {
      const place = positiveAxis(at(places, index.slice(axis, axis + rank)), x.shape[axis] ?? 0)
      return at(x, [...index.slice(0, axis), place, ...index.slice(axis + rank)])
    }),
  ]
}

const gatherElements: ReferenceOperator = (inputs, attributes) => {
  const [x, places] = [required(inputs, 0), required(inputs, 1)]
  const axis = positiveAxis(number(attributes, 'axis', 0), x.shape.length)
  return [
    build(x.dtype, places.shape, (index) =>
      at(x, index.with(axis, positiveAxis(at(places, index), x.shape[axis] ?? 0))),
    ),
  ]
}

const gatherNd: ReferenceOperator = (inputs) => {
  const [x, places] = [required(inputs, 0), required(inputs, 1)]
  const depth = places.shape.at(-1) ?? 0
  const outer = places.shape.slice(0, -1)
  return [
    build(x.dtype, [...outer, ...x.shape.slice(depth)], (index) => {
      const tuple = Array.from({ length: depth }, (_, part) =>
        positiveAxis(at(places, [...index.slice(0, outer.length), part]), x.shape[part] ?? 0),
      )
      return at(x, [...tuple, ...index.slice(outer.length)])
    }),
  ]
}

const scatterElements: ReferenceOperator = (inputs, attributes) => {
  const [x, places, updates] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)]
  const axis = positiveAxis(number(attributes, 'axis', 0), x.shape.length)
  const adds = text(attributes, 'reduction', 'none') === 'add'
  const data = Float64Array.from(x.data)
  for (const index of indices(places.shape)) {
    const flat = ravel(index.with(axis, positiveAxis(at(places, index), x.shape[axis] ?? 0)), x.shape)
    data[flat] = (adds ? (data[flat] ?? 0) : 0) + at(updates, index)
  }
  return [{ ...x, data }]
}

const scatterNd: ReferenceOperator = (inputs, attributes) => {
  const [x, places, updates] = [required(inputs, 0), required(inputs, 1), required(inputs, 2)]
  const depth = places.shape.at(-1) ?? 0
  const outer = places.shape.slice(0, -1)
  const adds = text(attributes, 'reduction', 'none') === 'add'
  const data = Float64Array.from(x.data)
  for (const index of indices(updates.shape)) {
    const tuple = Array.from({ length: depth }, (_, part) =>
      positiveAxis(at(places, [...index.slice(0, outer.length), part]), x.shape[part] ?? 0),
    )
    const flat = ravel([...tuple, ...index.slice(outer.length)], x.shape)
    data[flat] = (adds ? (data[flat] ?? 0) : 0) + at(updates, index)
  }
  return [{ ...x, data }]
}

const oneHot: ReferenceOperator = (inputs, attributes) => {
  const [places, values] = [required(inputs, 0), required(inputs, 2)]
  const depth = numbers(inputs[1])?.[0] ?? 0
  const axis = positiveAxis(number(attributes, 'axis', -1), places.shape.length + 1)
  return [
    build(values.dtype, places.shape.toSpliced(axis, 0, depth), (index) => {
      const place = at(places, index.toSpliced(axis, 1))
      const hot = (place < 0 ? place + depth : place) === index[axis]
      return values.data[hot ? 1 : 0] ?? 0
    }),
  ]
}

const constantOfShape: ReferenceOperator = (inputs, attributes) => {
  const shape = numbers(inputs[0]) ?? []
  return [
    { dtype: 'float32', shape, data: new Float64Array(count(shape)).fill(number(attributes, 'value', 0)) },
  ]
}

const range: ReferenceOperator = (inputs) => {
  const [start = 0, limit = 0, delta = 1] = [0, 1, 2].map((index) => required(inputs, index).data[0] ?? 0)
  const length = Math.max(Math.ceil((limit - start) / delta), 0)
  return [build(required(inputs, 0).dtype, [length], ([index = 0]) => start + index * delta)]
}

const topK: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const axis = positiveAxis(number(attributes, 'axis', -1), x.shape.length)
  const sign = number(attributes, 'largest', 1) === 1 ? -1 : 1
  const shape = x.shape.with(axis, numbers(inputs[1])?.[0] ?? 0)
  const places = build('int64', shape, (index) => {
    const row = Array.from({ length: x.shape[axis] ?? 0 }, (_, place) => place)
    const value = (place: number) => at(x, index.with(axis, place))
    row.sort((one, other) => sign * (value(one) - value(other)) || one - other)
    return row[index[axis] ?? 0] ?? 0
  })
  return [build(x.dtype, shape, (index) => at(x, index.with(axis, at(places, index)))), places]
}

export const indexingReference: ReferenceFamily = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
  OneHot: oneHot,
  ConstantOfShape: constantOfShape,
  Range: range,
  TopK: topK,
}
