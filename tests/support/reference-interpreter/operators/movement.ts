import {
  at,
  atBroadcast,
  broadcastShape,
  build,
  count,
  list,
  number,
  numbers,
  positiveAxis,
  type ReferenceFamily,
  type ReferenceOperator,
  type ReferenceTensor,
  required,
  text,
} from '../tensor.ts'

function view(shapeOf: (x: ReferenceTensor, wanted: number[] | undefined) => number[]): ReferenceOperator {
  return (inputs) => {
    const x = required(inputs, 0)
    return [{ ...x, shape: shapeOf(x, numbers(inputs[1])) }]
  }
}

const reshape: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const copies = number(attributes, 'allowzero', 0) === 0
  const sizes = (numbers(inputs[1]) ?? []).map((size, axis) =>
    size === 0 && copies ? (x.shape[axis] ?? 0) : size,
  )
  const known = count(sizes.filter((size) => size !== -1))
  return [{ ...x, shape: sizes.map((size) => (size === -1 ? x.data.length / known : size)) }]
}

const flatten: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const axis = number(attributes, 'axis', 1)
  const split = axis < 0 ? axis + x.shape.length : axis
  return [{ ...x, shape: [count(x.shape.slice(0, split)), count(x.shape.slice(split))] }]
}

function squeezed(x: ReferenceTensor, wanted: number[] | undefined): number[] {
  const axes = wanted?.map((axis) => positiveAxis(axis, x.shape.length))
  return x.shape.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1))
}

function unsqueezed(x: ReferenceTensor, wanted: number[] | undefined): number[] {
  const rank = x.shape.length + (wanted?.length ?? 0)
  const shape = [...x.shape]
  for (const axis of (wanted ?? []).map((each) => positiveAxis(each, rank)).sort((a, b) => a - b)) {
    shape.splice(axis, 0, 1)
  }
  return shape
}

const transpose: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const order = list(attributes, 'perm') ?? [...x.shape.keys()].reverse()
  const shape = order.map((axis) => x.shape[axis] ?? 1)
  return [
    build(x.dtype, shape, (index) => {
      const source = new Array<number>(shape.length)
      for (const [axis, from] of order.entries()) source[from] = index[axis] ?? 0
      return at(x, source)
    }),
  ]
}

const expand: ReferenceOperator = (inputs) => {
  const x = required(inputs, 0)
  const shape = broadcastShape(x.shape, numbers(inputs[1]) ?? [])
  return [build(x.dtype, shape, (index) => atBroadcast(x, index))]
}

const tile: ReferenceOperator = (inputs) => {
  const x = required(inputs, 0)
  const repeats = numbers(inputs[1]) ?? []
  const shape = x.shape.map((size, axis) => size * (repeats[axis] ?? 1))
  return [
    build(x.dtype, shape, (index) =>
      at(
        x,
        index.map((position, axis) => position % (x.shape[axis] ?? 1)),
      ),
    ),
  ]
}

const concat: ReferenceOperator = (inputs, attributes) => {
  const parts = inputs.map((_, index) => required(inputs, index))
  const first = required(inputs, 0)
  const axis = positiveAxis(number(attributes, 'axis', 0), first.shape.length)
  const total = parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0)
  return [
    build(first.dtype, first.shape.with(axis, total), (index) => {
      let position = index[axis] ?? 0
      for (const part of parts) {
        const size = part.shape[axis] ?? 0
        if (position < size) return at(part, index.with(axis, position))
        position -= size
      }
      throw new Error('beyond the last part')
    }),
  ]
}

const split: ReferenceOperator = (inputs, attributes, outputCount) => {
  const x = required(inputs, 0)
  const axis = positiveAxis(number(attributes, 'axis', 0), x.shape.length)
  const chunk = Math.ceil((x.shape[axis] ?? 0) / outputCount)
  const sizes = numbers(inputs[1]) ?? new Array<number>(outputCount).fill(chunk)
  let start = 0
  return sizes.map((wanted) => {
    const from = start
    const size = Math.min(wanted, (x.shape[axis] ?? 0) - from)
    start += size
    return build(x.dtype, x.shape.with(axis, size), (index) =>
      at(x, index.with(axis, from + (index[axis] ?? 0))),
    )
  })
}

const slice: ReferenceOperator = (inputs) => {
  const x = required(inputs, 0)
  const starts = numbers(inputs[1]) ?? []
  const ends = numbers(inputs[2]) ?? []
  const axes = numbers(inputs[3]) ?? [...starts.keys()]
  const steps = numbers(inputs[4]) ?? axes.map(() => 1)
  const positions = x.shape.map((size) => Array.from({ length: size }, (_, position) => position))
  for (const [index, given] of axes.entries()) {
    const axis = positiveAxis(given, x.shape.length)
    const size = x.shape[axis] ?? 0
    const step = steps[index] ?? 1
    const wrapped = (value: number) => (value < 0 ? value + size : value)
    const start = wrapped(starts[index] ?? 0)
    const end = wrapped(ends[index] ?? 0)
    const taken: number[] = []
    if (step > 0) for (let at = Math.max(start, 0); at < Math.min(end, size); at += step) taken.push(at)
    else for (let at = Math.min(start, size - 1); at > Math.max(end, -1); at += step) taken.push(at)
    positions[axis] = taken
  }
  return [
    build(
      x.dtype,
      positions.map((taken) => taken.length),
      (index) =>
        at(
          x,
          index.map((position, axis) => positions[axis]?.[position] ?? 0),
        ),
    ),
  ]
}

/** Walks from the edge back into the axis, as NumPy's pad modes describe it. */
function mirrored(position: number, size: number, mode: string): number {
  if (mode === 'edge') return position < 0 ? 0 : Math.min(position, size - 1)
  let at = position
  while (at < 0 || at >= size) {
    if (mode === 'wrap') at += at < 0 ? size : -size
    else at = at < 0 ? -at : 2 * (size - 1) - at
  }
  return at
}

const pad: ReferenceOperator = (inputs, attributes) => {
  const x = required(inputs, 0)
  const given = numbers(inputs[1]) ?? []
  const filler = numbers(inputs[2])?.[0] ?? 0
  const axes = (numbers(inputs[3]) ?? [...x.shape.keys()]).map((axis) => positiveAxis(axis, x.shape.length))
  const mode = text(attributes, 'mode', 'constant')
  const before = x.shape.map((_, axis) => (axes.includes(axis) ? (given[axes.indexOf(axis)] ?? 0) : 0))
  const after = x.shape.map((_, axis) =>
    axes.includes(axis) ? (given[axes.indexOf(axis) + axes.length] ?? 0) : 0,
  )
  const shape = x.shape.map((size, axis) => size + (before[axis] ?? 0) + (after[axis] ?? 0))
  return [
    build(x.dtype, shape, (index) => {
      const source = index.map((position, axis) => position - (before[axis] ?? 0))
      if (mode !== 'constant')
        return at(
          x,
          source.map((position, axis) => mirrored(position, x.shape[axis] ?? 1, mode)),
        )
      const within = source.every((position, axis) => position >= 0 && position < (x.shape[axis] ?? 0))
      return within ? at(x, source) : filler
    }),
  ]
}

export const movementReference: ReferenceFamily = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: view(squeezed),
  Unsqueeze: view(unsqueezed),
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
}
