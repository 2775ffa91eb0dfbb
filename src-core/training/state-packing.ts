import type { NamedTensor, TensorData } from '../tensor-graph/types.ts'
import { elementCount } from '../tensor-graph/types.ts'
import type { WeightGroup } from './weight-groups.ts'

/** What one state tensor of a training graph holds: the weights of a group, or one optimizer slot for them. */
export interface StateEntry {
  readonly group: WeightGroup
  readonly slot: string | undefined
}

/** State tensors in the order in which the graph declares them. */
export function stateEntries(groups: readonly WeightGroup[], slots: readonly string[]): StateEntry[] {
  return groups.flatMap((group) => [
    { group, slot: undefined },
    ...(group.trainable ? slots.map((slot) => ({ group, slot })) : []),
  ])
}

/** Name under which a checkpoint holds a weight (no slot) or one of its optimizer slots. */
export function stateName(weight: string, slot: string | undefined): string {
  return slot === undefined ? weight : `optimizer/${slot}/${weight}`
}

/**
 * Lays named tensors out as state tensors. Slots that are absent start at zero: a fresh training, or one that goes on
 * with another optimizer. Throws when a weight is absent or has another number of elements.
 */
export function packState(
  entries: readonly StateEntry[],
  tensors: ReadonlyMap<string, NamedTensor>,
): TensorData[] {
  return entries.map(({ group, slot }) => {
    const packed = new Float32Array(elementCount(group.shape))
    for (const weight of group.weights) {
      const name = stateName(weight.name, slot)
      const tensor = tensors.get(name)
      if (!tensor && slot !== undefined) continue
      if (!tensor) throw new Error(`the weight ${name} is missing`)
      if (!(tensor.data instanceof Float32Array) || tensor.data.length !== weight.size) {
        throw new Error(`${name} has ${tensor.data.length} elements, expected ${weight.size} of float32`)
      }
      packed.set(tensor.data, weight.offset)
    }
    return packed
  })
}

/** The reverse of {@link packState}. Copies, so that the state may be reused. */
export function unpackState(entries: readonly StateEntry[], state: readonly TensorData[]): NamedTensor[] {
  return entries.flatMap(({ group, slot }, index) => {
    const packed = state[index]
    if (!(packed instanceof Float32Array)) throw new Error(`state tensor ${index} is missing`)
    return group.weights.map((weight): NamedTensor => {
      const data = packed.slice(weight.offset, weight.offset + weight.size)
      return { name: stateName(weight.name, slot), dtype: 'float32', shape: weight.shape, data }
    })
  })
}
