import { z } from 'zod'
import { gitBlobHash } from '../services/git-hash.ts'
import type { Connection } from './connection.ts'

const projectRowSchema = z.object({
  id: z.int(),
  name: z.string(),
  filePath: z.string().nullable(),
  layerCount: z.int(),
  updatedAt: z.string(),
})
/** The same fields as ProjectSummary of the IPC contract. */
export type ProjectRow = z.output<typeof projectRowSchema>

const saveReasonSchema = z.enum(['autosave', 'save'])
export type SaveReason = z.output<typeof saveReasonSchema>

const versionRowSchema = z.object({
  version: z.int(),
  reason: saveReasonSchema,
  hash: z.string(),
  layerCount: z.int(),
  createdAt: z.string(),
})
export type DocumentVersionRow = z.output<typeof versionRowSchema>

const storedDocumentSchema = versionRowSchema.extend({ json: z.string() })
/** A version with its text; the reader parses and migrates it. */
export type StoredDocument = z.output<typeof storedDocumentSchema>

/** A document as its own serialisation, with what lists show of it. */
export interface DocumentText {
  readonly name: string
  readonly layerCount: number
  readonly json: string
}

const versionColumns = 'version, reason, hash, layer_count AS layerCount, created_at AS createdAt'

const selectProjects = `
  SELECT id, name, file_path AS filePath, updated_at AS updatedAt, COALESCE(
    (SELECT layer_count FROM document_versions WHERE project_id = projects.id ORDER BY version DESC LIMIT 1), 0
  ) AS layerCount
  FROM projects`

/** Projects and the versions of their documents. */
export class ProjectRepository {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Newest change first. */
  list(): ProjectRow[] {
    const rows = this.#connection.all(`${selectProjects} ORDER BY updated_at DESC, id DESC`)
    return z.array(projectRowSchema).parse(rows)
  }

  find(projectId: number): ProjectRow | undefined {
    return projectRowSchema
      .optional()
      .parse(this.#connection.get(`${selectProjects} WHERE id = ?`, projectId))
  }

  /** The project that is linked to a file, newest change first where there are several. */
  findByFile(filePath: string): ProjectRow | undefined {
    return projectRowSchema
      .optional()
      .parse(
        this.#connection.get(
          `${selectProjects} WHERE file_path = ? ORDER BY updated_at DESC LIMIT 1`,
          filePath,
        ),
      )
  }

  /** Makes a project whose first saved version is this document. */
  create(document: DocumentText, filePath: string | null = null): ProjectRow {
    return this.#connection.write(() => {
      const now = this.#connection.timestamp()
      const { id } = this.#connection.run(
        'INSERT INTO projects (name, file_path, created_at, updated_at) VALUES (?, ?, ?, ?)',
        document.name,
        filePath,
        now,
        now,
      )
      this.#insertVersion(id, 1, document, 'save', now)
      return { id, name: document.name, filePath, layerCount: document.layerCount, updatedAt: now }
    })
  }

  /**
   * Keeps a state of the document. An autosave takes the place of an autosave that is newest; a save takes it too
   * (it is the same work, now kept), and otherwise adds a version. A state equal to the newest version adds nothing.
   * @returns undefined when there is no such project
   */
  saveVersion(projectId: number, document: DocumentText, reason: SaveReason): DocumentVersionRow | undefined {
    return this.#connection.write(() => {
      if (this.find(projectId) === undefined) return undefined
      const now = this.#connection.timestamp()
      this.#connection.run(
        'UPDATE projects SET name = ?, updated_at = ? WHERE id = ?',
        document.name,
        now,
        projectId,
      )
      const newest = this.newestDocument(projectId)
      const unchanged = newest?.json === document.json
      if (newest !== undefined && unchanged && (newest.reason === 'save' || reason === 'autosave')) {
        const { json: _, ...version } = newest
        return version
      }
      const version = newest === undefined ? 1 : newest.version + (newest.reason === 'autosave' ? 0 : 1)
      return this.#insertVersion(projectId, version, document, reason, now)
    })
  }

  /** The version to open: the newest, autosaved or saved. */
  newestDocument(projectId: number): StoredDocument | undefined {
    return storedDocumentSchema
      .optional()
      .parse(
        this.#connection.get(
          `SELECT ${versionColumns}, json FROM document_versions WHERE project_id = ? ORDER BY version DESC LIMIT 1`,
          projectId,
        ),
      )
  }

  /** Newest first, without the texts. */
  versions(projectId: number): DocumentVersionRow[] {
    return z
      .array(versionRowSchema)
      .parse(
        this.#connection.all(
          `SELECT ${versionColumns} FROM document_versions WHERE project_id = ? ORDER BY version DESC`,
          projectId,
        ),
      )
  }

  findVersion(projectId: number, version: number): StoredDocument | undefined {
    return storedDocumentSchema
      .optional()
      .parse(
        this.#connection.get(
          `SELECT ${versionColumns}, json FROM document_versions WHERE project_id = ? AND version = ?`,
          projectId,
          version,
        ),
      )
  }

  /** Links the project to a file, or with null to none. False when there is no such project. */
  linkFile(projectId: number, filePath: string | null): boolean {
    return this.#connection.write(
      () =>
        this.#connection.run('UPDATE projects SET file_path = ? WHERE id = ?', filePath, projectId).changes >
        0,
    )
  }

  /** Removes the project and its versions; its runs stay. False when there is no such project. */
  remove(projectId: number): boolean {
    return this.#connection.write(
      () => this.#connection.run('DELETE FROM projects WHERE id = ?', projectId).changes > 0,
    )
  }

  #insertVersion(
    projectId: number,
    version: number,
    { json, layerCount }: DocumentText,
    reason: SaveReason,
    createdAt: string,
  ): DocumentVersionRow {
    const hash = gitBlobHash(json)
    this.#connection.run(
      `INSERT OR REPLACE INTO document_versions (project_id, version, reason, hash, layer_count, created_at, json)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      projectId,
      version,
      reason,
      hash,
      layerCount,
      createdAt,
      json,
    )
    return { version, reason, hash, layerCount, createdAt }
  }
}
