import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import type { Arithmetic } from './arithmetic.ts'

/** Collects the contributions to every tensor's gradient and sums them once, when the gradient is first read. */
export class GradientSums {
  readonly #arithmetic: Arithmetic
  readonly #needed: ReadonlySet<string>
  readonly #requested: ReadonlySet<string>
  readonly #contributions = new Map<string, TensorValue[]>()

  /**
   * `requested` names the tensors whose gradient is wanted, `needed` also those that depend on one of them: only
   * they can pass a gradient on.
   */
  constructor(arithmetic: Arithmetic, requested: ReadonlySet<string>, needed: ReadonlySet<string>) {
    this.#arithmetic = arithmetic
    this.#requested = requested
    this.#needed = needed
  }

  isRequested(value: TensorValue): boolean {
    return this.#requested.has(value.name)
  }

  needs(value: TensorValue): boolean {
    return this.#needed.has(value.name)
  }

  has(value: TensorValue): boolean {
    return this.#contributions.has(value.name)
  }

  add(value: TensorValue, gradient: TensorValue): void {
    if (!this.needs(value)) return
    const known = this.#contributions.get(value.name)
    if (known) known.push(gradient)
    else this.#contributions.set(value.name, [gradient])
  }

  /** The summed gradient, loose over the tensor; `undefined` where nothing flows back. */
  total(value: TensorValue): TensorValue | undefined {
    const contributions = this.#contributions.get(value.name)
    if (!contributions) return undefined
    // Small ones first. Add runs on every thread, which Sum does not.
    const ordered = contributions.toSorted((a, b) => elementCount(a.shape) - elementCount(b.shape))
    const sum = ordered.reduce((left, right) => this.#arithmetic.add(left, right))
    this.#contributions.set(value.name, [sum])
    return sum
  }
}
