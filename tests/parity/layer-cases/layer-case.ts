import type { Shape } from '../../../src-core/tensor-graph/types.ts'

/** A layer with given inputs and weights, beside what computes the same in Python. */
export interface LayerCase {
  readonly kind: string
  readonly inputs: readonly Shape[]
  readonly parameters?: Record<string, unknown>
  readonly training?: boolean
  /** Padding masks of the inputs, steps per row: rows × steps numbers, 1 or 0. */
  readonly masks?: readonly (readonly number[] | undefined)[]
  /** A Keras layer, built from its class and arguments. */
  readonly keras?: { readonly class: string; readonly arguments?: object }
  /**
   * A Python expression over `x` (list of inputs, NumPy float32, laid out as ours), `w` (weights by name, laid out as
   * ours), `mask` (list of masks or None), `noise` (list of noise arrays in the order they are asked for), with numpy as
   * np, torch, torch.nn.functional as F and keras at hand. It gives the layer's result in our layout.
   */
  readonly python?: string
  /** Inputs that must be whole numbers below this: indices. */
  readonly indicesBelow?: number
}

export type LayerCases = Readonly<Record<string, LayerCase>>

export function keras(name: string, args: object = {}) {
  return { class: name, arguments: args }
}
