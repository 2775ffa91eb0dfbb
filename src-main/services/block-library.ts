import { z } from 'zod'
import { type SavedBlock, savedBlockSchema } from '../../src-core/document/blocks/saved-block.ts'
import type { SettingsRepository } from '../workspace/settings-repository.ts'

const key = 'blockLibrary'

/** The blocks that a person keeps, in the settings of the workspace; by name, in alphabetical order. */
export class BlockLibrary {
  readonly #settings: SettingsRepository

  constructor(settings: SettingsRepository) {
    this.#settings = settings
  }

  list(): SavedBlock[] {
    return this.#settings.get(key, z.array(savedBlockSchema)) ?? []
  }

  /** Keeps a block; one of the same name is replaced. Returns all that are kept. */
  save(block: SavedBlock): SavedBlock[] {
    const others = this.list().filter(({ name }) => name !== block.name)
    const blocks = [...others, block].toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
    this.#settings.set(key, blocks)
    return blocks
  }

  /** Forgets a block, if it is kept. Returns those that still are. */
  remove(name: string): SavedBlock[] {
    const blocks = this.list().filter((block) => block.name !== name)
    this.#settings.set(key, blocks)
    return blocks
  }
}
