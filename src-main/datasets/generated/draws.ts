import { fillUniform } from '../../../src-core/training/random.ts'

const block = 4096

/** Random numbers in a row, the same for the same seed and name on every platform. */
export class Draws {
  readonly #buffer = new Float32Array(block)
  readonly #seed: number
  readonly #name: string
  #blocks = 0
  #used = block

  constructor(seed: number, name: string) {
    this.#seed = seed
    this.#name = name
  }

  /** Uniform from `low` to `high`. */
  uniform(low = 0, high = 1): number {
    if (this.#used === block) {
      fillUniform(this.#buffer, this.#seed, this.#name, this.#blocks)
      this.#blocks += 1
      this.#used = 0
    }
    const value = this.#buffer[this.#used] ?? 0
    this.#used += 1
    return low + (high - low) * value
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.min(count - 1, Math.floor(this.uniform() * count))
  }

  /** Normal with mean 0 (Box and Muller 1958). */
  normal(deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return deviation * radius * Math.cos(2 * Math.PI * this.uniform())
  }
}
