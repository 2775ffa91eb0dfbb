import type { NamedTensor, Shape, TensorData } from '../tensor-graph/types.ts'
import { elementCount } from '../tensor-graph/types.ts'
import type { SlotSpec } from './optimizers/optimizer-rule.ts'
import type { GroupedWeight, WeightGroup } from './weight-groups.ts'

/** What one state tensor of a training graph holds: the weights of a group, or one optimizer slot for them. */
export interface StateEntry {
  readonly group: WeightGroup
  readonly slot: SlotSpec | undefined
  /** True for weights beside which their average is kept. */
  readonly isAveraged?: boolean
}

/** State tensors in the order in which the graph declares them. */
export function stateEntries(
  groups: readonly WeightGroup[],
  slots: (group: WeightGroup) => readonly SlotSpec[],
): StateEntry[] {
  return groups.flatMap((group) => {
    const own = group.trainable ? slots(group) : []
    const isAveraged = own.some((slot) => slot.isWeightAverage)
    return [
      { group, slot: undefined, ...(isAveraged && { isAveraged }) },
      ...own.map((slot) => ({ group, slot })),
    ]
  })
}

/** Name under which a checkpoint holds the weights that are being trained, beside their average. */
const unaveraged = 'unaveraged'

/**
 * Name under which a checkpoint holds a weight (no slot) or one of its optimizer slots. An average goes by the weight's
 * own name, so that whoever reads the weights reads the average.
 */
function stateName(weight: string, { slot, isAveraged }: StateEntry): string {
  if (slot?.isWeightAverage) return weight
  const name = slot?.name ?? (isAveraged ? unaveraged : undefined)
  return name === undefined ? weight : `optimizer/${name}/${weight}`
}

/** A weight's part of a state tensor. */
interface StatePart {
  readonly name: string
  readonly shape: Shape
  readonly offset: number
  readonly size: number
}

/** Only slots that a weight has to itself may differ from it in shape. */
function partOf(entry: StateEntry, weight: GroupedWeight): StatePart {
  const { group, slot } = entry
  const name = stateName(weight.name, entry)
  if (!slot || elementCount(slot.shape) === elementCount(group.shape)) {
    return { name, shape: weight.shape, offset: weight.offset, size: weight.size }
  }
  return { name, shape: slot.shape, offset: 0, size: elementCount(slot.shape) }
}

/**
 * Lays named tensors out as state tensors. Slots that are absent take their start value: a fresh training, or one that
 * goes on with another optimizer. Throws when a weight is absent or has another number of elements.
 */
export function packState(
  entries: readonly StateEntry[],
  tensors: ReadonlyMap<string, NamedTensor>,
): TensorData[] {
  return entries.map((entry) => {
    const { group, slot } = entry
    const packed = new Float32Array(elementCount(slot?.shape ?? group.shape)).fill(slot?.start ?? 0)
    for (const weight of group.weights) {
      const { name, offset, size } = partOf(entry, weight)
      // Weights that were never averaged are their own average.
      const tensor = tensors.get(name) ?? (entry.isAveraged ? tensors.get(weight.name) : undefined)
      if (!tensor && slot !== undefined) continue
      if (!tensor) throw new Error(`the weight ${name} is missing`)
      if (!(tensor.data instanceof Float32Array) || tensor.data.length !== size) {
        throw new Error(`${name} has ${tensor.data.length} elements, expected ${size} of float32`)
      }
      packed.set(tensor.data, offset)
    }
    return packed
  })
}

/** The reverse of {@link packState}. Copies, so that the state may be reused. */
export function unpackState(entries: readonly StateEntry[], state: readonly TensorData[]): NamedTensor[] {
  return entries.flatMap((entry, index) => {
    const packed = state[index]
    if (!(packed instanceof Float32Array)) throw new Error(`state tensor ${index} is missing`)
    return entry.group.weights.map((weight): NamedTensor => {
      const { name, shape, offset, size } = partOf(entry, weight)
      return { name, dtype: 'float32', shape, data: packed.slice(offset, offset + size) }
    })
  })
}
