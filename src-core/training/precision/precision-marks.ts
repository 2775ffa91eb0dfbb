import type { GraphBuilder } from '../../tensor-graph/graph-builder.ts'
import type { TensorValue } from '../../tensor-graph/types.ts'

/** What the builder of a training graph knows and its operators do not tell, collected while it is built. */
export class PrecisionMarks {
  readonly #weights = new Set<string>()
  readonly #full = new Set<string>()

  /** Marks values that may be rounded wherever they meet float16, but are kept in float32: the master weights. */
  weights(values: Iterable<TensorValue>): void {
    for (const { name } of values) this.#weights.add(name)
  }

  /** Marks all nodes that `build` adds as computed in float32. */
  full<T>(builder: GraphBuilder, build: () => T): T {
    const before = builder.nodes.length
    const result = build()
    for (const { name } of builder.nodes.slice(before)) this.#full.add(name)
    return result
  }

  isWeight({ name }: TensorValue): boolean {
    return this.#weights.has(name)
  }

  isFull(node: { readonly name: string }): boolean {
    return this.#full.has(node.name)
  }
}
