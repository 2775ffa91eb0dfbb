import { elementCount, type NamedTensor } from '../../../src-core/tensor-graph/types.ts'
import { type CarriedPort, carriedPrefix } from '../../../src-core/training/carried-states.ts'
import type { Engine, EngineTensor, EngineTensors } from './engine.ts'

/** What stateful layers hand on from batch to batch, where the engine keeps it. Begins as zeros. */
export class CarriedTensors {
  readonly #engine: Engine
  readonly #held = new Map<string, EngineTensor>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Begins at zero again. */
  reset(): void {
    for (const tensor of this.#held.values()) this.#engine.release(tensor)
    this.#held.clear()
  }

  /** The inputs of a graph. A batch with fewer rows than the one before goes on with the first of them. */
  async inputs(ports: readonly CarriedPort[]): Promise<Record<string, EngineTensor>> {
    const entries = ports.map(async (port): Promise<[string, EngineTensor]> => {
      return [port.input, await this.#input(port)]
    })
    return Object.fromEntries(await Promise.all(entries))
  }

  /** Takes what a run of that graph has handed on. */
  keep(ports: readonly CarriedPort[], outputs: EngineTensors): void {
    this.reset()
    for (const { name, output } of ports) {
      const tensor = outputs[output]
      if (!tensor) throw new Error(`the engine returned no "${output}"`)
      this.#held.set(name, tensor)
    }
  }

  /** As checkpoints hold them, copied. */
  async tensors(): Promise<NamedTensor[]> {
    const entries = [...this.#held].map(async ([name, tensor]): Promise<NamedTensor> => {
      const data = (await this.#engine.read(tensor)).slice()
      return { name: carriedPrefix + name, dtype: tensor.dtype, shape: tensor.shape, data }
    })
    return Promise.all(entries)
  }

  /** Goes on from what a checkpoint holds. */
  load(tensors: ReadonlyMap<string, NamedTensor>): void {
    this.reset()
    for (const [name, { dtype, shape, data }] of tensors) {
      if (!name.startsWith(carriedPrefix)) continue
      this.#held.set(name.slice(carriedPrefix.length), this.#engine.tensor(dtype, shape, data))
    }
  }

  async #input({ name, dtype, shape }: CarriedPort): Promise<EngineTensor> {
    const held = this.#held.get(name)
    if (!held) return this.#engine.tensor(dtype, shape, new Float32Array(elementCount(shape)))
    const [rows = 0, heldRows = 0] = [shape[0], held.shape[0]]
    if (rows === heldRows) return held
    if (rows > heldRows) throw new Error(`${name} holds ${heldRows} rows of a batch of ${rows}`)
    const data = await this.#engine.read(held)
    return this.#engine.tensor(dtype, shape, data.slice(0, elementCount(shape)))
  }
}
