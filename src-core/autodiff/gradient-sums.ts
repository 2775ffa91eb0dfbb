import { elementCount, type TensorValue } from '../tensor-graph/types.ts'
import type { Arithmetic } from './arithmetic.ts'

/** A contribution leftᵀ · right that is not computed yet; left is [rows, k], right [rows, n]. */
export interface PendingProduct {
  readonly left: TensorValue
  readonly right: TensorValue
}

/** Collects the contributions to every tensor's gradient and sums them once, when the gradient is first read. */
export class GradientSums {
  readonly #arithmetic: Arithmetic
  readonly #needed: ReadonlySet<string>
  readonly #requested: ReadonlySet<string>
  readonly #contributions = new Map<string, TensorValue[]>()
  readonly #products = new Map<string, PendingProduct[]>()

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
    return this.#contributions.has(value.name) || this.#products.has(value.name)
  }

  add(value: TensorValue, gradient: TensorValue): void {
    if (!this.needs(value)) return
    const known = this.#contributions.get(value.name)
    if (known) known.push(gradient)
    else this.#contributions.set(value.name, [gradient])
  }

  /**
   * Adds leftᵀ · right. The products of one tensor are computed as one, when its gradient is read: a weight that is
   * used at every step of a sequence takes one large product instead of many small ones and their sum.
   */
  addProduct(value: TensorValue, product: PendingProduct): void {
    if (!this.needs(value)) return
    const known = this.#products.get(value.name)
    // Backward order is the reverse of the forward order, in which Concats of the same steps are the same node.
    if (known) known.unshift(product)
    else this.#products.set(value.name, [product])
  }

  #computeProducts(value: TensorValue): void {
    const products = this.#products.get(value.name)
    if (!products) return
    this.#products.delete(value.name)
    const rows = (factors: readonly TensorValue[]) => this.#arithmetic.stackRows(factors)
    const left = rows(products.map((product) => product.left))
    const right = rows(products.map((product) => product.right))
    this.add(value, this.#arithmetic.builder.apply('Gemm', [left, right], { transA: 1 }))
  }

  /** The summed gradient, loose over the tensor; `undefined` where nothing flows back. */
  total(value: TensorValue): TensorValue | undefined {
    this.#computeProducts(value)
    const contributions = this.#contributions.get(value.name)
    if (!contributions) return undefined
    if (contributions.length === 1) return contributions[0]
    // Small ones first. Add runs on every thread, which Sum does not.
    const ordered = contributions.toSorted((a, b) => elementCount(a.shape) - elementCount(b.shape))
    const sum = ordered.reduce((left, right) => this.#arithmetic.add(left, right))
    this.#contributions.set(value.name, [sum])
    return sum
  }
}
