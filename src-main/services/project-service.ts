import path from 'node:path'
import { z } from 'zod'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { parseDocument } from '../../src-core/document/parse.ts'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import type { OpenedProject, ProjectSummary } from '../../src-core/ipc/contract.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import type { DocumentText, ProjectRepository, SaveReason } from '../workspace/project-repository.ts'
import type { SettingsRepository } from '../workspace/settings-repository.ts'
import { readDocumentFile } from './read-file.ts'
import { writeFileAtomically } from './write-file.ts'

const lastProjectKey = 'lastProject'

export interface SavedProject {
  readonly savedAt: string
  /** Name of the saved text as git would name it. */
  readonly hash: string
  readonly filePath: string | null
}

/** Projects: documents kept in the workspace with their versions, some of them linked to a file. */
export class ProjectService {
  readonly #projects: ProjectRepository
  readonly #settings: SettingsRepository

  constructor(projects: ProjectRepository, settings: SettingsRepository) {
    this.#projects = projects
    this.#settings = settings
  }

  /** Newest change first. */
  list(): ProjectSummary[] {
    return this.#projects.list()
  }

  /** Makes a project of a document and remembers it as the last one opened. */
  create(document: ModelDocument): OpenedProject {
    return this.#opened(this.#projects.create(documentText(document)), document)
  }

  /** Opens the newest state of a project, autosaved or saved. Problems: `workspace.notFound`, those of parseDocument. */
  open(projectId: number): Result<OpenedProject> {
    const project = this.#projects.find(projectId)
    const stored = this.#projects.newestDocument(projectId)
    if (project === undefined || stored === undefined) return failure(notFound(projectId))
    const document = parseDocument(stored.json)
    return document.ok ? success(this.#opened(project, document.value)) : document
  }

  /** The project that was opened last; null when there is none or it is gone. */
  last(): Result<OpenedProject | null> {
    const projectId = this.#settings.get(lastProjectKey, z.int().positive())
    if (projectId === undefined || this.#projects.find(projectId) === undefined) return success(null)
    return this.open(projectId)
  }

  /**
   * Keeps a state of the document. `save` also writes the linked file, if there is one; the workspace has the state
   * even when the file cannot be written. Problems: `workspace.notFound`, `file.notWritten`.
   */
  async save(projectId: number, document: ModelDocument, reason: SaveReason): Promise<Result<SavedProject>> {
    const text = documentText(document)
    const version = this.#projects.saveVersion(projectId, text, reason)
    const project = this.#projects.find(projectId)
    if (version === undefined || project === undefined) return failure(notFound(projectId))
    if (reason === 'save' && project.filePath !== null) {
      const written = await writeFileAtomically(project.filePath, text.json)
      if (!written.ok) return written
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
    this.#projects.saveVersion(projectId, text, 'save')
    return success({ filePath: target })
  }

  /**
   * Opens a document file: in the project that is linked to it, or in a new one. What the project held becomes a kept
   * version, so that changes which never reached the file are not lost. Problems: those of reading a document.
   */
  async openFile(filePath: string): Promise<Result<OpenedProject>> {
    const source = path.resolve(filePath)
    const read = await readDocumentFile(source)
    if (!read.ok) return read
    const document = read.value
    const known = this.#projects.findByFile(source)
    if (known === undefined) {
      return success(this.#opened(this.#projects.create(documentText(document), source), document))
    }
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
    this.#settings.set(lastProjectKey, project.id)
    return { project, document }
  }
}

function documentText(document: ModelDocument): DocumentText {
  return {
    name: document.name,
    layerCount: document.layers.length,
    json: serialiseDocument(document),
  }
}

function notFound(projectId: number) {
  return problem('workspace.notFound', `There is no project ${projectId} in the workspace.`, {
    hint: 'It was removed, perhaps in another window.',
  })
}
