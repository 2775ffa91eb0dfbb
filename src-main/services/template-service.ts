import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Template } from '../../src-core/ipc/contract.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'
import { factsOfTemplate } from '../../src-core/templates/template-facts.ts'
import { findSample } from '../datasets/sample-catalogue.ts'
import { readDocumentFile } from './read-file.ts'

const extension = '.loom.json'

/** The models that ship with the app: documents in a folder, one file each; the file's name is the template's id. */
export class TemplateService {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Every template, in the order of the file names. */
  async list(): Promise<Result<Template[]>> {
    const templates: Template[] = []
    for (const id of await this.ids()) {
      const template = await this.#read(id)
      if (!template.ok) return template
      templates.push(template.value)
    }
    return success(templates)
  }

  /** Ids of all templates. */
  async ids(): Promise<string[]> {
    const names = await readdir(this.#folder)
    return names
      .filter((name) => name.endsWith(extension))
      .map((name) => name.slice(0, -extension.length))
      .sort()
  }

  /** One template. Problem: `file.notFound`, naming those that exist. */
  async get(id: string): Promise<Result<Template>> {
    const ids = await this.ids()
    if (ids.includes(id)) return this.#read(id)
    return failure(
      problem('file.notFound', `There is no template "${id}".`, { hint: `Templates: ${ids.join(', ')}.` }),
    )
  }

  async #read(id: string): Promise<Result<Template>> {
    const document = await readDocumentFile(path.join(this.#folder, `${id}${extension}`))
    if (!document.ok) return document
    const { name, description, dataset } = document.value
    return success({
      id,
      title: name,
      description,
      ...factsOfTemplate(id),
      data: dataset === null ? 'No data yet' : (findSample(dataset.name)?.title ?? dataset.name),
      document: document.value,
    })
  }
}
