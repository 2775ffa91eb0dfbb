import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import { splitSizes } from '../../tensor-graph/operators/shape.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'

function reshape(node: BackwardNode): void {
  node.contribute(0, () => node.reshapedGradient(node.input(0).shape))
}

function transpose(node: BackwardNode): void {
  const { shape } = node.output()
  const order = node.call.numbers('perm') ?? shape.map((_, axis) => axis).reverse()
  const inverse = shape.map((_, axis) =>
    order.findIndex((moved) => (moved + shape.length) % shape.length === axis),
  )
  node.contribute(0, () => node.arithmetic.transpose(node.gradient(), inverse))
}

function expand(node: BackwardNode): void {
  node.contributeBroadcast(0, () => node.looseGradient())
}

/** The repeats become axes of their own and are summed. */
function tile(node: BackwardNode): void {
  const { arithmetic } = node
  const { shape } = node.input(0)
  const repeats = node.call.requiredIntegers(1)
  node.contribute(0, () => {
    const unfolded = arithmetic.reshape(
      node.gradient(),
      shape.flatMap((size, axis) => [sizeAt(repeats, axis), size]),
    )
    const repeated = [...shape.keys()].filter((axis) => repeats[axis] !== 1).map((axis) => 2 * axis)
    return arithmetic.reshape(arithmetic.sum(unfolded, repeated, false), shape)
  })
}

/** Every input takes its part: by Slice when it is the only one to take any, else all by one Split. */
function concat(node: BackwardNode): void {
  const { builder, call } = node
  const inputs = node.node.inputs
  const axis = call.axis(call.number('axis', 0), node.output().shape.length)
  const sizes = inputs.map((_, index) => sizeAt(node.input(index).shape, axis))
  const wanted = [...inputs.keys()].filter((index) => node.needs(index))
  const [only] = wanted
  if (inputs.length > 1 && wanted.length === 1 && only !== undefined) {
    const start = sizes.slice(0, only).reduce((sum, size) => sum + size, 0)
    const bounds = [start, start + sizeAt(sizes, only), axis].map((bound) => builder.integers([bound]))
    node.contribute(only, () => builder.apply('Slice', [node.gradient(), ...bounds]))
    return
  }
  const parts = builder.applyMany('Split', [node.gradient(), builder.integers(sizes)], { axis }, sizes.length)
  for (const [index, part] of parts.entries()) node.contribute(index, () => part)
}

/** Parts that nothing depends on bring zeros. */
function split(node: BackwardNode): void {
  const { axis } = splitSizes(node.call)
  node.contribute(0, () =>
    node.builder.apply(
      'Concat',
      node.node.outputs.map((_, index) => node.gradient(index)),
      { axis },
    ),
  )
}

export const shapeRules: RuleFamily = {
  Reshape: reshape,
  Flatten: reshape,
  Squeeze: reshape,
  Unsqueeze: reshape,
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  Concat: concat,
  Split: split,
}
