import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../tensor-graph/types.ts'
import type { StateEntry } from './state-packing.ts'
import type { StatePort } from './train-step.ts'
import type { WeightGroup } from './weight-groups.ts'

/** What a group of weights is between two steps: its weights, and its slots in the order of its entries. */
export interface GroupState {
  readonly weights: TensorValue
  readonly slots: readonly TensorValue[]
}

/** State tensors between two steps. */
export type TrainingState = ReadonlyMap<WeightGroup, GroupState>

/** The graph's input and output for a state tensor. */
export function statePort({ group, slot }: StateEntry): StatePort {
  const name = slot === undefined ? group.name : `${group.name}/${slot.name}`
  return {
    input: `state/${name}`,
    output: `next/${name}`,
    dtype: 'float32',
    shape: slot?.shape ?? group.shape,
  }
}

/** Declares the inputs of all state tensors. */
export function declareState(builder: GraphBuilder, entries: readonly StateEntry[]): TrainingState {
  const state = new Map<WeightGroup, { weights: TensorValue; slots: TensorValue[] }>()
  for (const entry of entries) {
    const { input, dtype, shape } = statePort(entry)
    const value = builder.input(input, dtype, shape)
    if (entry.slot === undefined) state.set(entry.group, { weights: value, slots: [] })
    else state.get(entry.group)?.slots.push(value)
  }
  return state
}

/** Marks what the last step left as the graph's outputs. */
export function outputState(
  builder: GraphBuilder,
  entries: readonly StateEntry[],
  state: TrainingState,
): void {
  for (const entry of entries) {
    const { weights, slots } = groupState(state, entry.group)
    const own = entries.filter(({ group, slot }) => group === entry.group && slot !== undefined)
    const value = entry.slot === undefined ? weights : slots[own.indexOf(entry)]
    if (!value) throw new Error(`the state ${entry.group.name} has no next value`)
    builder.output(statePort(entry).output, asComputed(builder, value))
  }
}

/** A graph output must be computed by a node: what a step leaves alone is passed on. */
function asComputed(builder: GraphBuilder, value: TensorValue): TensorValue {
  return builder.producer(value) ? value : builder.apply('Identity', [value])
}

/** A group's state. Throws when there is none: states hold every group of a plan. */
export function groupState(state: TrainingState, group: WeightGroup): GroupState {
  const held = state.get(group)
  if (!held) throw new Error(`the state has no group ${group.name}`)
  return held
}
