import { foldPositions } from '../../tensor-graph/fold-positions.ts'
import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'

/** Pixels along one axis that sampled places read, and how much each counts. Both are [samples, 1]. */
interface Neighbour {
  readonly index: TensorValue
  readonly weight: TensorValue | undefined
}

/**
 * A sampled pixel is a weighted sum of the picture's pixels: the gradient is added to them with the same weights.
 * The grid has no gradient rule.
 */
function gridSample(node: BackwardNode): void {
  if (node.needs(1)) node.call.fail('the grid has no gradient rule')
  node.contribute(0, () => {
    const { arithmetic, builder } = node
    const [images, channels, height, width] = sizes(node.input(0))
    const samples = sizeAt(node.output().shape, 2) * sizeAt(node.output().shape, 3)
    const places = arithmetic.reshape(node.input(1), [images * samples, 2])
    const [x, y] = builder.applyMany('Split', [places], { axis: 1, num_outputs: 2 }, 2)
    if (!x || !y) return node.call.fail('the grid cannot be split')
    const first = Float32Array.from({ length: images * samples }, (_, at) => Math.floor(at / samples))
    const offset = builder.constant(
      'float32',
      [images * samples, 1],
      first.map((image) => image * height * width),
      'firstPixel',
    )
    const gradient = arithmetic.reshape(arithmetic.transpose(node.gradient(), [0, 2, 3, 1]), [
      images * samples,
      channels,
    ])
    let sums = arithmetic.filled([images * height * width, channels], 0)
    for (const row of neighbours(node, y, height)) {
      const start = arithmetic.add(arithmetic.scale(row.index, width), offset)
      for (const column of neighbours(node, x, width)) {
        const pixel = builder.apply('Cast', [arithmetic.add(start, column.index)], { to: 7 })
        const part = [row, column].reduce(
          (product, { weight }) => (weight ? arithmetic.multiply(product, weight) : product),
          gradient,
        )
        sums = builder.apply('ScatterND', [sums, pixel, part], { reduction: 'add' })
      }
    }
    return arithmetic.transpose(arithmetic.reshape(sums, [images, height, width, channels]), [0, 3, 1, 2])
  })
}

function sizes(value: TensorValue): [number, number, number, number] {
  const { shape } = value
  return [sizeAt(shape, 0), sizeAt(shape, 1), sizeAt(shape, 2), sizeAt(shape, 3)]
}

function neighbours(node: BackwardNode, places: TensorValue, size: number): Neighbour[] {
  const { arithmetic, builder } = node
  // Places count from −1 to 1 between the outer edges, pixels from 0 at their centres.
  const position = arithmetic.add(arithmetic.scale(places, size / 2), builder.scalar((size - 1) / 2))
  const padding = node.call.text('padding_mode', 'zeros')
  const fold = (x: TensorValue) =>
    padding === 'zeros' ? x : foldPositions(builder, x, size, padding === 'border' ? 'nearest' : 'reflect')
  if (node.call.text('mode', 'linear') === 'nearest') {
    return [inside(node, fold(builder.apply('Round', [position])), size, undefined)]
  }
  const folded = fold(position)
  const low = builder.apply('Floor', [folded])
  const share = arithmetic.subtract(folded, low)
  return [
    inside(node, low, size, arithmetic.subtract(builder.scalar(1), share)),
    inside(node, arithmetic.add(low, builder.scalar(1)), size, share),
  ]
}

/** Pixels outside count as 0: their weight is taken away, and their index stays in the picture. */
function inside(
  node: BackwardNode,
  index: TensorValue,
  size: number,
  weight: TensorValue | undefined,
): Neighbour {
  const { arithmetic, builder } = node
  const clipped = foldPositions(builder, index, size, 'nearest')
  const isInside = arithmetic.toFloat(builder.apply('Equal', [index, clipped]))
  return { index: clipped, weight: weight ? arithmetic.multiply(weight, isInside) : isInside }
}

export const gridSampleRules: RuleFamily = { GridSample: gridSample }
