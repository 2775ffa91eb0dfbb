import type { Rank, Tensor, Variable } from '@tensorflow/tfjs'
import type { TensorData, TensorGraph } from '../../../../src-core/tensor-graph/types.ts'
import { heldType } from './operator-node.ts'
import { PreparedGraph } from './prepared-graph.ts'
import { deviceData, hostData } from './tensor-data.ts'
import type { TensorflowLibrary } from './tensorflow-library.ts'

/**
 * TensorFlow's own gradients of a graph's output with respect to some of its float inputs: an oracle for our rules,
 * which shares nothing with them. The output must be a scalar; tensors that it does not depend on have no entry.
 */
export function tensorflowGradients(
  library: TensorflowLibrary,
  graph: TensorGraph,
  feeds: Readonly<Record<string, TensorData>>,
  output: string,
  withRespectTo: readonly string[],
): ReadonlyMap<string, TensorData> {
  const { tf } = library
  const prepared = new PreparedGraph(library, graph, true)
  const inputs = new Map<string, Tensor>()
  const variables = new Map<string, Variable>()
  for (const { name, dtype, shape } of graph.inputs) {
    const data = feeds[name]
    if (!data) throw new Error(`no data for input ${name}`)
    const tensor = tf.tensor(deviceData(data), [...shape], heldType(dtype))
    inputs.set(name, tensor)
    if (!withRespectTo.includes(name)) continue
    variables.set(name, tf.variable(tensor, true))
  }
  const { grads } = tf.variableGrads(() => {
    const result = prepared.run(new Map([...inputs, ...variables])).get(output)
    if (!result) throw new Error(`the graph has no output ${output}`)
    return tf.reshape<Rank.R0>(result, [])
  }, [...variables.values()])
  const found = new Map<string, TensorData>()
  for (const [name, variable] of variables) {
    const gradient = grads[variable.name]
    if (gradient) found.set(name, hostData('float32', gradient.dataSync<'float32'>()))
  }
  tf.dispose([...inputs.values(), ...variables.values(), ...Object.values(grads)])
  prepared.dispose()
  return found
}
