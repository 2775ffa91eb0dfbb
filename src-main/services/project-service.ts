import path from 'node:path'
import { z } from 'zod'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import { type Sketch, sketchOf } from '../../src-core/document/sketch.ts'
import type { OpenedProject, ProjectSummary } from '../../src-core/ipc/contract.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import type { DocumentText, ProjectRepository, SaveReason } from '../workspace/project-repository.ts'
import type { SettingsRepository } from '../workspace/settings-repository.ts'
import { type HashStore, LinkedFile, type OutsideState } from './linked-file.ts'
import { ProjectHold } from './project-hold.ts'
import { readDocumentText } from './read-file.ts'
import { writeFileAtomically } from './write-file.ts'

const fileHashKey = (projectId: number) => `fileHash.${projectId}`

export interface SavedProject {
  readonly savedAt: string
  /** Name of the saved text as git would name it. */
  readonly hash: string
  readonly filePath: string | null
}

/** Projects: documents kept in the workspace with their versions, some of them linked to a file. */
export class ProjectService {
  readonly #projects: ProjectRepository
  readonly #file: LinkedFile
  readonly #hold: ProjectHold
  readonly #listeners = new Set<(projectId: number) => void>()

  constructor(projects: ProjectRepository, settings: SettingsRepository, hold = new ProjectHold(settings)) {
    this.#projects = projects
    this.#hold = hold
    const hashes: HashStore = {
      get: (projectId) => settings.get(fileHashKey(projectId), z.string()),
      set: (projectId, hash) => settings.set(fileHashKey(projectId), hash),
    }
    this.#file = new LinkedFile(hashes, (projectId) => {
      for (const listener of this.#listeners) listener(projectId)
    })
  }

  /** Told when the file of an open project may have been changed by another program; returns what ends it. */
  subscribe(listener: (projectId: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Lets go of every open project: files are no longer looked after, other processes may open them. */
  leave(): void {
    this.keepOpen([])
  }

  /**
   * Exactly these projects are open from now on: all others are let go of. One that was let go of before is taken
   * again, unless it is gone or another process was faster.
   */
  keepOpen(projectIds: readonly number[]): void {
    for (const projectId of this.#hold.held()) {
      if (projectIds.includes(projectId)) continue
      this.#file.stop(projectId)
      this.#hold.release(projectId)
    }
    const held = new Set(this.#hold.held())
    for (const projectId of projectIds) {
      const project = held.has(projectId) ? undefined : this.#projects.find(projectId)
      if (project && this.holder(projectId) === undefined) this.#follow(project)
    }
  }

  /** The other process that has a project open, if one has. */
  holder(projectId: number): number | undefined {
    return this.#hold.holder(projectId)
  }

  /** What another program wrote into the project's file; null when none did. Problems: `workspace.notFound`, those of reading a document. */
  async outsideChange(projectId: number): Promise<Result<OutsideState | null>> {
    const project = this.#projects.find(projectId)
    return project === undefined
      ? failure(notFound(projectId))
      : this.#file.outside(projectId, project.filePath)
  }

  /** Newest change first. */
  list(): ProjectSummary[] {
    return this.#projects.list()
  }

  /** Sketches of the newest states of some projects; those that are gone or cannot be read are left out. */
  sketches(projectIds: readonly number[]): { projectId: number; sketch: Sketch }[] {
    return projectIds.flatMap((projectId) => {
      const stored = this.#projects.newestDocument(projectId)
      const document = stored && parseDocument(stored.json)
      return document?.ok ? [{ projectId, sketch: sketchOf(document.value) }] : []
    })
  }

  /** Makes a project of a document and opens it. */
  create(document: ModelDocument): OpenedProject {
    return this.#opened(this.#projects.create(documentText(document)), document)
  }

  /**
   * Opens the newest state of a project, autosaved or saved; a copy of it, with a notice, while another process has it
   * open. Problems: `workspace.notFound`, those of parseDocument.
   */
  open(projectId: number): Result<OpenedProject> {
    const project = this.#projects.find(projectId)
    const stored = this.#projects.newestDocument(projectId)
    if (project === undefined || stored === undefined) return failure(notFound(projectId))
    const document = parseDocument(stored.json)
    if (!document.ok) return document
    const holder = this.#hold.holder(projectId)
    if (holder !== undefined) return success(this.#copyOf(document.value, holder))
    const unwritten = project.filePath !== null && stored.reason === 'autosave'
    return success({ ...this.#opened(project, document.value), ...(unwritten && { unwritten }) })
  }

  /**
   * Keeps a state of the document. `save` also writes the linked file, if there is one; the workspace has the state
   * even when the file cannot be written. What another program wrote there meanwhile is only overwritten with
   * `overwrite`. Problems: `workspace.notFound`, `file.notWritten`, `file.changedOutside`.
   */
  async save(
    projectId: number,
    document: ModelDocument,
    reason: SaveReason,
    { overwrite = false }: { readonly overwrite?: boolean } = {},
  ): Promise<Result<SavedProject>> {
    const text = documentText(document)
    const version = this.#projects.saveVersion(projectId, text, reason)
    const project = this.#projects.find(projectId)
    if (version === undefined || project === undefined) return failure(notFound(projectId))
    if (reason === 'save' && project.filePath !== null) {
      const outside = overwrite ? undefined : await this.#file.outside(projectId, project.filePath)
      if (outside && (!outside.ok || outside.value)) return failure(changedOutside(project.filePath))
      const written = await writeFileAtomically(project.filePath, text.json)
      if (!written.ok) return written
      this.#file.note(projectId, text.json)
    }
    return success({ savedAt: project.updatedAt, hash: version.hash, filePath: project.filePath })
  }

  /**
   * Writes the document to a file and links the project to it. When the file cannot be written, the project stays
   * linked to what it was. Problems: `workspace.notFound`, `file.notWritten`.
   */
  async saveToFile(
    projectId: number,
    document: ModelDocument,
    filePath: string,
  ): Promise<Result<{ filePath: string }>> {
    if (this.#projects.find(projectId) === undefined) return failure(notFound(projectId))
    const target = path.resolve(filePath)
    const text = documentText(document)
    const written = await writeFileAtomically(target, text.json)
    if (!written.ok) return written
    this.#projects.linkFile(projectId, target)
    this.#file.note(projectId, text.json)
    this.#file.follow(projectId, target)
    this.#projects.saveVersion(projectId, text, 'save')
    return success({ filePath: target })
  }

  /**
   * Opens a document file: in the project that is linked to it, or in a new one. What the project held becomes a kept
   * version, so that changes which never reached the file are not lost. A project that is open already stays as it is;
   * what another program wrote into its file is for `outsideChange` to tell. Problems: those of reading a document.
   */
  async openFile(filePath: string): Promise<Result<OpenedProject>> {
    const source = path.resolve(filePath)
    const read = await readDocumentText(source)
    if (!read.ok) return read
    const { document, text } = read.value
    const known = this.#projects.findByFile(source)
    const holder = known && this.#hold.holder(known.id)
    if (holder !== undefined) return success(this.#copyOf(document, holder))
    if (known && this.#hold.held().includes(known.id)) return this.open(known.id)
    const project = known ?? this.#projects.create(documentText(document), source)
    this.#file.note(project.id, text)
    if (known === undefined) return success(this.#opened(project, document))
    this.#keepNewest(known.id)
    this.#projects.saveVersion(known.id, documentText(document), 'save')
    return this.open(known.id)
  }

  /** Removes a project from the workspace; its file and its runs stay. Problem: `workspace.notFound`. */
  remove(projectId: number): Result<Record<string, never>> {
    return this.#projects.remove(projectId) ? success({}) : failure(notFound(projectId))
  }

  /** Turns an autosaved newest version into one that stays. */
  #keepNewest(projectId: number): void {
    const newest = this.#projects.newestDocument(projectId)
    const project = this.#projects.find(projectId)
    if (newest === undefined || project === undefined || newest.reason === 'save') return
    const { json, layerCount } = newest
    this.#projects.saveVersion(projectId, { name: project.name, layerCount, json }, 'save')
  }

  #opened(project: ProjectSummary, document: ModelDocument): OpenedProject {
    this.#follow(project)
    return { project, document }
  }

  #follow(project: ProjectSummary): void {
    this.#hold.take(project.id)
    this.#file.follow(project.id, project.filePath)
  }

  /** A new project with a document that another process is working on. */
  #copyOf(document: ModelDocument, holder: number): OpenedProject {
    const copy = { ...document, name: `${document.name} (copy)`.slice(-200) }
    return {
      ...this.create(copy),
      notice: `“${document.name}” is open in another LayerLoom (process ${holder}), so this is a copy of it. What is changed here does not reach the original.`,
    }
  }
}

function documentText(document: ModelDocument): DocumentText {
  return {
    name: document.name,
    layerCount: document.layers.length,
    json: serialiseDocument(document),
  }
}

function changedOutside(file: string) {
  return problem(
    'file.changedOutside',
    `"${file}" was changed by another program, so it was not overwritten.`,
    {
      hint: 'Choose whose state to keep. Your work is kept in the workspace.',
    },
  )
}

function notFound(projectId: number) {
  return problem('workspace.notFound', `There is no project ${projectId} in the workspace.`, {
    hint: 'It was removed, perhaps in another window.',
  })
}
