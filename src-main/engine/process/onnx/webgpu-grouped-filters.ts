import type { ConstantTensor, GraphNode, TensorValue } from '../../../../src-core/tensor-graph/types.ts'

/** The most channels that onnxruntime's shader for grouped convolutions computes at once. */
const atOnce = 4

/**
 * Whether onnxruntime-node 1.30's WebGPU provider gives wrong numbers for a convolution: where groups have more than four
 * channels its shader computes four at once, or two, whichever divides the channels of all groups together, and takes them
 * for one group's, also where one group ends among them. Kernel gradients are such convolutions.
 */
export function mixesGroups({ operator, inputs, attributes }: GraphNode): boolean {
  const group = typeof attributes.group === 'number' ? attributes.group : 1
  const filters = inputs[1]?.shape[0] ?? 0
  const perGroup = filters / group
  const together = [atOnce, 2].find((count) => filters % count === 0) ?? 1
  return operator === 'Conv' && group > 1 && perGroup > atOnce && perGroup % together !== 0
}

/** The same convolution with filters of zeros after those of each group, up to a multiple of four, cut off again. */
export function withWholeGroups(node: GraphNode, constants: ConstantTensor[]): GraphNode[] {
  const [source, kernel, bias] = node.inputs
  const [result] = node.outputs
  if (!source || !kernel || !result) throw new Error(`the Conv ${node.name} lacks a value`)
  const group = Number(node.attributes.group)
  const perGroup = (kernel.shape[0] ?? 0) / group
  const padded = Math.ceil(perGroup / atOnce) * atOnce
  const nodes: GraphNode[] = []
  const named = (part: string, shape: readonly number[]): TensorValue => ({
    ...result,
    name: `${node.name}/${part}`,
    shape,
  })
  const integers = (part: string, values: readonly number[]): TensorValue => {
    const value: TensorValue = { name: `${node.name}/${part}`, dtype: 'int64', shape: [values.length] }
    constants.push({ value, data: BigInt64Array.from(values, BigInt) })
    return value
  }
  const apply = (
    operator: string,
    part: string,
    inputs: TensorValue[],
    output: TensorValue,
    attributes: GraphNode['attributes'] = {},
  ): TensorValue => {
    nodes.push({ ...node, name: `${node.name}/${part}`, operator, inputs, outputs: [output], attributes })
    return output
  }
  const reshape = (part: string, value: TensorValue, shape: readonly number[], output = named(part, shape)) =>
    apply('Reshape', part, [value, integers(`${part}/shape`, shape)], output)
  const pad = (part: string, value: TensorValue): TensorValue => {
    const perFilter = value.shape.slice(1).reduce((product, size) => product * size, 1)
    const folded = reshape(`${part}/folded`, value, [group, perGroup, perFilter])
    const pads = integers(`${part}/pads`, [0, 0, 0, 0, padded - perGroup, 0])
    const wider = apply(
      'Pad',
      `${part}/wider`,
      [folded, pads],
      named(`${part}/wider`, [group, padded, perFilter]),
    )
    return reshape(part, wider, [group * padded, ...value.shape.slice(1)])
  }
  const inputs = [source, pad('kernel', kernel), ...(bias ? [pad('bias', bias)] : [])]
  const [images = 1, , ...size] = result.shape
  const convolved = apply(
    'Conv',
    'whole',
    inputs,
    named('whole', [images, group * padded, ...size]),
    node.attributes,
  )
  const folded = reshape('apart', convolved, [images * group, padded, ...size])
  const kept = apply(
    'Slice',
    'kept',
    [folded, integers('from', [0]), integers('to', [perGroup]), integers('axis', [1])],
    named('kept', [images * group, perGroup, ...size]),
  )
  reshape('together', kept, result.shape, result)
  return nodes
}
