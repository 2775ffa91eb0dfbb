import { sizeAt } from '../../tensor-graph/operators/define-operator.ts'
import { elementCount, type TensorValue } from '../../tensor-graph/types.ts'
import type { BackwardNode, RuleFamily } from '../vector-jacobian.ts'

/** Rows of dY are added to the rows of the table they were taken from. */
function gather(node: BackwardNode): void {
  const { arithmetic, builder, call } = node
  const { shape } = node.input(0)
  const indices = node.input(1)
  const axis = call.axis(call.number('axis', 0), shape.length)
  node.contribute(0, () => {
    const picked = indices.shape.length
    const order = [...node.output().shape.keys()]
    const front = [
      ...order.slice(axis, axis + picked),
      ...order.slice(0, axis),
      ...order.slice(axis + picked),
    ]
    const rest = [...shape.slice(0, axis), ...shape.slice(axis + 1)]
    const rows = elementCount(indices.shape)
    const updates = arithmetic.reshape(arithmetic.transpose(node.gradient(), front), [rows, ...rest])
    const positions = arithmetic.reshape(wideIndices(node, indices), [rows, 1])
    const table = arithmetic.filled([sizeAt(shape, axis), ...rest], 0)
    const sums = builder.apply('ScatterND', [table, positions, updates], { reduction: 'add' })
    const back = [...rest.keys()].map((at) => at + 1)
    return arithmetic.transpose(sums, [...back.slice(0, axis), 0, ...back.slice(axis)])
  })
}

function wideIndices(node: BackwardNode, indices: TensorValue): TensorValue {
  return indices.dtype === 'int64' ? indices : node.builder.apply('Cast', [indices], { to: 7 })
}

function gatherElements(node: BackwardNode): void {
  node.contribute(0, () =>
    node.builder.apply(
      'ScatterElements',
      [node.arithmetic.filled(node.input(0).shape, 0), node.input(1), node.gradient()],
      { axis: node.call.number('axis', 0), reduction: 'add' },
    ),
  )
}

function gatherNd(node: BackwardNode): void {
  node.contribute(0, () =>
    node.builder.apply(
      'ScatterND',
      [node.arithmetic.filled(node.input(0).shape, 0), node.input(1), node.gradient()],
      { reduction: 'add' },
    ),
  )
}

/** Added updates leave the data's gradient as it is; plain ones cut a hole into it. */
function scatterElements(node: BackwardNode): void {
  const axis = node.call.number('axis', 0)
  const updates = node.input(2)
  scatter(node, {
    hole: () =>
      node.builder.apply(
        'ScatterElements',
        [node.gradient(), node.input(1), node.arithmetic.filled(updates.shape, 0)],
        { axis },
      ),
    picked: () => node.builder.apply('GatherElements', [node.gradient(), node.input(1)], { axis }),
  })
}

function scatterNd(node: BackwardNode): void {
  const updates = node.input(2)
  scatter(node, {
    hole: () =>
      node.builder.apply('ScatterND', [
        node.gradient(),
        node.input(1),
        node.arithmetic.filled(updates.shape, 0),
      ]),
    picked: () => node.builder.apply('GatherND', [node.gradient(), node.input(1)]),
  })
}

function scatter(node: BackwardNode, parts: { hole(): TensorValue; picked(): TensorValue }): void {
  const reduction = node.call.text('reduction', 'none')
  if (reduction !== 'none' && reduction !== 'add')
    node.call.fail(`reduction ${reduction} has no gradient rule`)
  node.contribute(0, () => (reduction === 'add' ? node.looseGradient() : parts.hole()))
  node.contribute(2, parts.picked)
}

/** Every gradient goes back to where its value stood. */
function topK(node: BackwardNode): void {
  node.contribute(0, () =>
    node.builder.apply(
      'ScatterElements',
      [node.arithmetic.filled(node.input(0).shape, 0), node.output(1), node.gradient()],
      { axis: node.call.number('axis', -1) },
    ),
  )
}

export const indexingRules: RuleFamily = {
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterElements: scatterElements,
  ScatterND: scatterNd,
  TopK: topK,
}
