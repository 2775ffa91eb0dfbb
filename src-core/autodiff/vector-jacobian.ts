import { OperatorCall } from '../tensor-graph/operators/define-operator.ts'
import { elementCount, type GraphNode, type TensorValue } from '../tensor-graph/types.ts'
import type { Arithmetic } from './arithmetic.ts'
import type { GradientSums } from './gradient-sums.ts'

/** Emits the backward operators of one node: reads the outputs' gradients, contributes to the inputs'. */
export type VectorJacobianRule = (node: BackwardNode) => void
export type RuleFamily = Readonly<Record<string, VectorJacobianRule>>

/** What a rule sees of the node it differentiates. Gradients have their tensor's shape unless called loose. */
export class BackwardNode {
  readonly node: GraphNode
  /** Readers for attributes and constant inputs. */
  readonly call: OperatorCall
  readonly arithmetic: Arithmetic
  readonly #sums: GradientSums

  constructor(node: GraphNode, arithmetic: Arithmetic, sums: GradientSums) {
    const { builder } = arithmetic
    this.node = node
    this.arithmetic = arithmetic
    this.#sums = sums
    const { operator, inputs, attributes, outputs } = node
    this.call = new OperatorCall(operator, inputs, attributes, outputs.length, builder.constantData)
  }

  get builder() {
    return this.arithmetic.builder
  }

  input(index: number): TensorValue {
    return this.call.input(index)
  }

  output(index = 0): TensorValue {
    return this.node.outputs[index] ?? this.call.fail(`has no output ${index}`)
  }

  hasGradient(index = 0): boolean {
    return this.#sums.has(this.output(index))
  }

  /** An output's gradient, perhaps smaller: it can be broadcast to the output's shape. */
  looseGradient(index = 0): TensorValue {
    return this.#sums.total(this.output(index)) ?? this.arithmetic.constant([], 0)
  }

  /** An output's gradient in the output's shape. */
  gradient(index = 0): TensorValue {
    return this.arithmetic.expand(this.looseGradient(index), this.output(index).shape)
  }

  /** Whether somebody asked for the gradient of this input or of something before it. */
  needs(index: number): boolean {
    const input = this.node.inputs[index]
    return input !== undefined && this.#sums.needs(input)
  }

  /** Whether the gradient of this very input was asked for, so that no rule may go past it. */
  isRequested(index: number): boolean {
    return this.#sums.isRequested(this.input(index))
  }

  needsValue(value: TensorValue): boolean {
    return this.#sums.needs(value)
  }

  /** Adds to an input's gradient what `compute` emits (loose over the input); not called when nobody needs it. */
  contribute(index: number, compute: () => TensorValue): void {
    if (this.needs(index)) this.contributeTo(this.input(index), compute())
  }

  /**
   * The same for an input that was broadcast to the output: `compute` emits a gradient loose over the output. The
   * result is multiplied by `factor` last, when it has been summed and is small.
   */
  contributeBroadcast(index: number, compute: () => TensorValue, factor = 1): void {
    this.contribute(index, () => {
      const summed = this.arithmetic.sumTo(compute(), this.output().shape, this.input(index).shape)
      return this.arithmetic.scale(summed, factor)
    })
  }

  /** Adds leftᵀ · right to an input's gradient; products of one tensor are joined. See {@link GradientSums.addProduct}. */
  contributeProduct(index: number, compute: () => { left: TensorValue; right: TensorValue }): void {
    if (this.needs(index)) this.#sums.addProduct(this.input(index), compute())
  }

  /** Adds to the gradient of any earlier tensor; for rules that see through the producer of their input. */
  contributeTo(value: TensorValue, gradient: TensorValue): void {
    this.#sums.add(value, gradient)
  }

  /** Reads a loose gradient in another shape of equally many elements: one number stays one number. */
  reshapedGradient(shape: readonly number[], index = 0): TensorValue {
    const loose = this.looseGradient(index)
    return elementCount(loose.shape) === 1
      ? this.arithmetic.reshape(loose, [])
      : this.arithmetic.reshape(this.gradient(index), shape)
  }
}
