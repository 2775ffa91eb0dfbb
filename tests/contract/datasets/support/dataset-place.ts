import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import type { Problem, Result } from '../../../../src-core/problems.ts'
import { DatasetService } from '../../../../src-main/services/dataset-service.ts'
import { openWorkspace } from '../../../../src-main/workspace/open.ts'
import type { Workspace } from '../../../../src-main/workspace/workspace.ts'

export const samplesFolder = path.join(import.meta.dirname, '..', '..', '..', '..', 'resources', 'samples')

/** A workspace with its dataset service, and a folder for files to import. */
export interface DatasetPlace {
  readonly workspace: Workspace
  readonly service: DatasetService
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): string
  /** All rows of a dataset as people look at them, column by column. */
  values(datasetName: string): Record<string, unknown[]>
  /** Rows in every table that has to do with datasets. */
  rowCounts(): Record<string, number>
}

/** Everything real, in a folder of its own, until the test ends. */
export function datasetPlace(): DatasetPlace {
  const folder = mkdtempSync(path.join(tmpdir(), 'layerloom-datasets-'))
  const workspace = openWorkspace(path.join(folder, 'workspace.loom.db'))
  onTestFinished(() => workspace.close())
  const service = new DatasetService(workspace.datasets, samplesFolder)
  return {
    workspace,
    service,
    write: (name, content) => {
      const file = path.join(folder, name)
      writeFileSync(file, content)
      return file
    },
    values: (datasetName) => {
      const dataset = unwrap(service.show(datasetName))
      const { rows } = unwrap(service.preview(dataset.id, 0, dataset.rows))
      return Object.fromEntries(
        dataset.columns.map(({ name }) => [name, rows.map((row) => row.values[name])]),
      )
    },
    rowCounts: () => rowCounts(workspace.file),
  }
}

function rowCounts(file: string): Record<string, number> {
  const database = new Database(file, { readonly: true })
  const counts = ['datasets', 'dataset_columns', 'dataset_chunks'].map((table) => [
    table,
    Number(database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get()),
  ])
  database.close()
  return Object.fromEntries(counts)
}

/** The value of a result that must be one. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** The only problem of a result that must have one. */
export function problemIn(result: Result<unknown>): Problem {
  if (result.ok) throw new Error('The result was expected to be a problem.')
  const [problem, ...others] = result.problems
  if (problem === undefined || others.length > 0) throw new Error('Exactly one problem was expected.')
  return problem
}
