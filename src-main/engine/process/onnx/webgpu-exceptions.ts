import type { GraphNode, TensorGraph } from '../../../../src-core/tensor-graph/types.ts'

/** A use of an operator that onnxruntime's WebGPU provider takes over although it cannot do it. */
interface WebgpuException {
  readonly operator: string
  /** As docs/engines.md tells it. */
  readonly reason: string
  applies(node: GraphNode): boolean
}

/** Found with onnxruntime-node 1.30 by running every operator on WebGPU beside float64 loops. */
export const webgpuExceptions: readonly WebgpuException[] = [
  {
    operator: 'Conv',
    reason: 'three dimensions with groups are refused when the graph runs',
    applies: (node) => isInVolumes(node) && groupCount(node) > 1,
  },
  {
    operator: 'ConvTranspose',
    reason: 'three dimensions are refused when the graph runs',
    applies: isInVolumes,
  },
  {
    operator: 'ConvTranspose',
    reason: 'groups that make one channel of several give wrong numbers',
    applies: (node) => groupCount(node) > 1 && node.inputs[1]?.shape[1] === 1 && channelsPerGroup(node) > 1,
  },
  {
    operator: 'MaxPool',
    reason: 'indices are refused when the graph runs',
    applies: (node) => node.outputs.length > 1,
  },
]

function isInVolumes({ inputs }: GraphNode): boolean {
  return inputs[1]?.shape.length === 5
}

function groupCount({ attributes }: GraphNode): number {
  return typeof attributes.group === 'number' ? attributes.group : 1
}

/** Of a transposed convolution, whose kernel has the channels that come in on its first axis. */
function channelsPerGroup(node: GraphNode): number {
  return (node.inputs[1]?.shape[0] ?? 1) / groupCount(node)
}

/** Names of the nodes that must run on the processor when the rest of a graph runs on WebGPU. */
export function nodesForProcessor({ nodes }: TensorGraph): string[] {
  return nodes
    .filter((node) =>
      webgpuExceptions.some((exception) => exception.operator === node.operator && exception.applies(node)),
    )
    .map(({ name }) => name)
}
