import { statSync } from 'node:fs'
import path from 'node:path'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { failure, problem, type Result } from '../../src-core/problems.ts'
import { readDocumentFile } from '../services/read-file.ts'
import { TemplateService } from '../services/template-service.ts'
import { resourcesFolder } from './resources-folder.ts'

/**
 * What a command line means by DOC: a file, or the id of a template that ships. A file comes first.
 * Problems: those of readDocumentFile.
 */
export async function readDocument(named: string): Promise<Result<ModelDocument>> {
  if (statSync(named, { throwIfNoEntry: false }) !== undefined) return readDocumentFile(named)
  const templates = new TemplateService(path.join(resourcesFolder, 'templates'))
  const ids = await templates.ids()
  if (ids.includes(named)) {
    const template = await templates.get(named)
    return template.ok ? { ok: true, value: template.value.document } : template
  }
  return failure(
    problem('file.notFound', `There is no file "${named}", and no template of that name.`, {
      hint: `Templates: ${ids.join(', ')}.`,
    }),
  )
}
