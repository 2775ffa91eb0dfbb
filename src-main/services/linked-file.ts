import { unwatchFile, watchFile } from 'node:fs'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { failure, type Result, success } from '../../src-core/problems.ts'
import { gitBlobHash } from './git-hash.ts'
import { readTextFile } from './read-file.ts'

/** How often the file is looked at, in milliseconds. Looking works on every file system, network drives included. */
const interval = 1000

export interface OutsideState {
  readonly filePath: string
  /** What the file holds now. */
  readonly document: ModelDocument
}

/**
 * The document files of the open projects. Knows the content that each project last read or wrote, and tells when
 * another program has written something else.
 */
export class LinkedFile {
  readonly #onChange: (projectId: number) => void
  /** What ends looking after the file of a project. */
  readonly #watched = new Map<number, () => void>()
  readonly #hashes: HashStore

  constructor(hashes: HashStore, onChange: (projectId: number) => void) {
    this.#hashes = hashes
    this.#onChange = onChange
  }

  /** Looks after the file of a project from now on, and no longer after the one it had; null for no file. */
  follow(projectId: number, file: string | null): void {
    this.stop(projectId)
    if (file === null) return
    const look = () => this.#onChange(projectId)
    watchFile(file, { interval, persistent: false }, look)
    this.#watched.set(projectId, () => unwatchFile(file, look))
  }

  stop(projectId: number): void {
    this.#watched.get(projectId)?.()
    this.#watched.delete(projectId)
  }

  /** Notes the content that the project has just read from its file, or is writing into it. */
  note(projectId: number, text: string): void {
    this.#hashes.set(projectId, gitBlobHash(text))
  }

  /**
   * What another program wrote into the file since the project read or wrote it; null when nothing did, when the file is
   * gone, or when nothing is known of it yet. Problems: those of reading a document.
   */
  async outside(projectId: number, file: string | null): Promise<Result<OutsideState | null>> {
    const known = this.#hashes.get(projectId)
    if (file === null || known === undefined) return success(null)
    const text = await readTextFile(file)
    if (!text.ok) return text.problems.some(({ code }) => code === 'file.notFound') ? success(null) : text
    // Asked again: it may have been written meanwhile.
    if ([known, this.#hashes.get(projectId)].includes(gitBlobHash(text.value))) return success(null)
    const document = parseDocument(text.value)
    if (document.ok) return success({ filePath: file, document: document.value })
    return failure(
      ...document.problems.map((item) => ({
        ...item,
        message: `Another program changed "${file}", and it cannot be read any more: ${item.message}`,
      })),
    )
  }
}

/** Where the hashes of what files held are kept, so that changes are noticed after a restart as well. */
export interface HashStore {
  get(projectId: number): string | undefined
  set(projectId: number, hash: string): void
}
