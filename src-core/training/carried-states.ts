import type { StateCarrier } from '../layers/define-layer.ts'
import type { GraphBuilder } from '../tensor-graph/graph-builder.ts'
import type { Shape, TensorValue } from '../tensor-graph/types.ts'
import type { PrecisionMarks } from './precision/precision-marks.ts'
import type { StatePort } from './train-step.ts'

/** Stands before the names of carried tensors in checkpoints. */
export const carriedPrefix = 'carried/'

/** A tensor that a batch hands on to the next, [batch, ...]; zeros at first. */
export interface CarriedPort extends StatePort {
  /** `<layer name>.<state name>`. */
  readonly name: string
}

export interface CarriedStatesOptions {
  readonly builder: GraphBuilder
  /** Told what must not be rounded; absent where everything is float32. */
  readonly marks?: PrecisionMarks | undefined
  /** What the graph's inputs and outputs are called, before the name of the state. */
  readonly names?: { readonly input: string; readonly output: string }
}

/** The same in models for other programs. */
export const stateNames = { input: 'state', output: 'next' }

const usualNames = { input: 'carried', output: 'handedOn' }

/**
 * What layers hand on from batch to batch, in a graph: an input and an output each. Between the steps of a run it stays
 * inside. Back-propagation ends at the edge of a batch, as in Keras.
 */
export class CarriedStates implements StateCarrier {
  readonly #options: CarriedStatesOptions
  readonly #ports = new Map<string, CarriedPort>()
  readonly #held = new Map<string, TensorValue>()
  readonly #next = new Map<string, TensorValue>()

  constructor(options: CarriedStatesOptions) {
    this.#options = options
  }

  carried(name: string, shape: Shape): TensorValue {
    const held = this.#held.get(name)
    if (held) return held
    const { builder, names = usualNames } = this.#options
    const input = `${names.input}/${name}`
    const value = builder.input(input, 'float32', shape)
    this.#ports.set(name, { name, input, output: `${names.output}/${name}`, dtype: 'float32', shape })
    this.#held.set(name, value)
    return value
  }

  carry(name: string, next: TensorValue): void {
    if (this.#next.has(name)) throw new Error(`${name} is handed on twice in a step`)
    this.#next.set(name, next)
  }

  /** Ends a step: what was handed on is what the next one begins with, in float32 as between two runs. */
  endStep(): void {
    const { builder, marks } = this.#options
    for (const [name, next] of this.#next) {
      const detach = () => builder.detached(next)
      this.#held.set(name, marks ? marks.full(builder, detach) : detach())
    }
    this.#next.clear()
  }

  /** Marks what the last step handed on as outputs of the graph. */
  output(): readonly CarriedPort[] {
    const { builder } = this.#options
    return [...this.#ports.values()].map((port) => {
      const value = this.#held.get(port.name)
      if (!value || !builder.producer(value)) throw new Error(`${port.name} is never handed on`)
      builder.output(port.output, value)
      return port
    })
  }
}
