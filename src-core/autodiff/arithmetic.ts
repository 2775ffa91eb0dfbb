import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import { sameShape } from '../tensor-graph/operators/define-operator.ts'
import { elementCount, type Shape, type TensorValue } from '../tensor-graph/types.ts'

/**
 * Emits arithmetic into a graph with as few nodes as it can: numbers are folded, ones dropped, reshapes joined.
 * A "loose" tensor stands for a larger one to which it can be broadcast; that saves expanding constant gradients.
 */
export class Arithmetic {
  readonly builder: GraphBuilder

  constructor(builder: GraphBuilder) {
    this.builder = builder
  }

  /** The number that a one-element constant holds. */
  number(value: TensorValue): number | undefined {
    if (elementCount(value.shape) !== 1) return undefined
    const element = this.builder.constantData(value)?.[0]
    return element === undefined ? undefined : Number(element)
  }

  multiply(a: TensorValue, b: TensorValue): TensorValue {
    const left = this.number(a)
    const right = this.number(b)
    if (right !== undefined && b.shape.length <= a.shape.length) return this.scale(a, right)
    if (left !== undefined && a.shape.length <= b.shape.length) return this.scale(b, left)
    return this.builder.apply('Mul', [a, b])
  }

  /** x · factor, joined with a factor that x was multiplied by already. */
  scale(x: TensorValue, factor: number): TensorValue {
    if (factor === 1) return x
    const known = this.number(x)
    if (known !== undefined) return this.constant(x.shape, known * factor)
    const producer = this.builder.producer(x)
    const [inner, other] = producer?.inputs ?? []
    if (inner && producer?.operator === 'Neg') return this.scale(inner, -factor)
    if (inner && other && producer?.operator === 'Mul' && sameShape(inner.shape, x.shape)) {
      const before = this.number(other)
      if (before !== undefined) return this.scale(inner, before * factor)
    }
    if (factor === -1) return this.builder.apply('Neg', [x])
    return this.builder.apply('Mul', [x, this.builder.scalar(factor)])
  }

  negate(x: TensorValue): TensorValue {
    return this.scale(x, -1)
  }

  add(a: TensorValue, b: TensorValue): TensorValue {
    return this.builder.apply('Add', [a, b])
  }

  subtract(a: TensorValue, b: TensorValue): TensorValue {
    return this.builder.apply('Sub', [a, b])
  }

  divide(a: TensorValue, b: TensorValue): TensorValue {
    const divisor = this.number(b)
    if (divisor !== undefined && b.shape.length <= a.shape.length) return this.scale(a, 1 / divisor)
    return this.builder.apply('Div', [a, b])
  }

  square(x: TensorValue): TensorValue {
    return this.builder.apply('Mul', [x, x])
  }

  /** x where the condition holds, 0 elsewhere. A product, because onnxruntime's Where takes three times as long. */
  keepWhere(condition: TensorValue, x: TensorValue): TensorValue {
    return this.multiply(x, this.toFloat(condition))
  }

  /** x where the condition does not hold, 0 elsewhere. */
  dropWhere(condition: TensorValue, x: TensorValue): TensorValue {
    return this.keepWhere(this.builder.apply('Not', [condition]), x)
  }

  /**
   * 1 where x is positive, 0 elsewhere: clip(10³⁰ · x, 0, 1). One node, and faster than comparing and casting;
   * wrong only for positive numbers below 10⁻³⁰.
   */
  positive(x: TensorValue): TensorValue {
    return this.builder.apply('HardSigmoid', [x], { alpha: 1e30, beta: 0 })
  }

  toFloat(x: TensorValue): TensorValue {
    return this.builder.apply('Cast', [x], { to: 1 })
  }

  sum(x: TensorValue, axes: readonly number[], keepdims: boolean): TensorValue {
    if (axes.length === 0) return x
    return this.builder.apply('ReduceSum', [x, this.builder.integers(axes)], { keepdims: keepdims ? 1 : 0 })
  }

  /** Matrices of equally many columns, one below the other. */
  stackRows(matrices: readonly TensorValue[]): TensorValue {
    const [only] = matrices
    if (only && matrices.length === 1) return only
    return this.builder.apply('Concat', matrices, { axis: 0 })
  }

  /** Changes the shape without moving elements; consecutive reshapes become one. */
  reshape(x: TensorValue, shape: Shape): TensorValue {
    if (sameShape(x.shape, shape)) return x
    const known = this.number(x)
    if (known !== undefined) return this.constant(shape, known)
    const producer = this.builder.producer(x)
    const [inner] = producer?.inputs ?? []
    if (inner && producer?.operator === 'Reshape') return this.reshape(inner, shape)
    return this.builder.apply(
      'Reshape',
      [x, this.builder.integers(shape)],
      shape.includes(0) ? { allowzero: 1 } : {},
    )
  }

  /**
   * Emits a Transpose over as few axes as will do (those of size 1 left out, those that stay together joined), or
   * none at all: onnxruntime has fast paths for few axes and takes five times as long without them.
   */
  transpose(x: TensorValue, order: readonly number[]): TensorValue {
    const shape = order.map((axis) => x.shape[axis] ?? 1)
    const blocks = movedBlocks(
      order.filter((axis) => x.shape[axis] !== 1),
      x.shape,
    )
    if (blocks.length <= 1) return this.reshape(x, shape)
    const sources = blocks.toSorted((a, b) => a.first - b.first)
    const joined = this.reshape(
      x,
      sources.map((block) => block.size),
    )
    const moved = this.builder.apply('Transpose', [joined], {
      perm: blocks.map((block) => sources.indexOf(block)),
    })
    return this.reshape(moved, shape)
  }

  /** Writes a loose tensor out in full. */
  expand(x: TensorValue, shape: Shape): TensorValue {
    if (sameShape(x.shape, shape)) return x
    if (elementCount(x.shape) === elementCount(shape)) return this.reshape(x, shape)
    return this.builder.apply('Expand', [x, this.builder.integers(shape)])
  }

  /**
   * Undoes broadcasting: sums a gradient (loose over `span`) over the axes along which `target` was repeated.
   * The result is loose over `target`.
   */
  sumTo(gradient: TensorValue, span: Shape, target: Shape): TensorValue {
    const { shape } = gradient
    const missing = span.length - shape.length
    const summed: number[] = []
    let repeats = 1
    for (const [axis, size] of span.entries()) {
      const targetSize = target[axis - (span.length - target.length)] ?? 1
      if (targetSize !== 1 || size === 1) continue
      if ((shape[axis - missing] ?? 1) === 1) repeats *= size
      else summed.push(axis - missing)
    }
    const surplus = Math.max(0, shape.length - target.length)
    if (summed.length === surplus && summed.every((axis) => axis < surplus)) {
      return this.scale(this.sum(gradient, summed, false), repeats)
    }
    const total = this.sum(gradient, summed, true)
    return this.scale(this.reshape(total, total.shape.slice(surplus)), repeats)
  }

  /** A float32 tensor with the same number everywhere. */
  filled(shape: Shape, x: number): TensorValue {
    const count = elementCount(shape)
    if (count <= 16) return this.constant(shape, x)
    return this.builder.apply('ConstantOfShape', [this.builder.integers(shape)], { value: x })
  }

  constant(shape: Shape, x: number): TensorValue {
    return this.builder.constant('float32', shape, new Float32Array(elementCount(shape)).fill(x), 'scalar')
  }
}

interface AxisBlock {
  readonly first: number
  readonly last: number
  readonly size: number
}

/** Joins axes that follow each other both in a tensor and in its transposition (apart from axes of size 1). */
function movedBlocks(order: readonly number[], shape: Shape): AxisBlock[] {
  const blocks: AxisBlock[] = []
  for (const axis of order) {
    const size = shape[axis] ?? 1
    const before = blocks.at(-1)
    const adjoins =
      before && axis > before.last && shape.slice(before.last + 1, axis).every((each) => each === 1)
    if (adjoins) blocks[blocks.length - 1] = { first: before.first, last: axis, size: before.size * size }
    else blocks.push({ first: axis, last: axis, size })
  }
  return blocks
}
