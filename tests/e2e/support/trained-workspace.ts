import { readFileSync } from 'node:fs'
import { parseDocument } from '../../../src-core/document/parse.ts'
import type { Result } from '../../../src-core/problems.ts'
import { openCliApplication } from '../../../src-main/cli/cli-application.ts'

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems[0]?.message)
  return result.value
}

/** A workspace with a model that writes text and one that draws digits, each trained a little. */
export async function trainedWorkspace(file: string): Promise<void> {
  const application = openCliApplication(file)
  for (const [sample, template] of [
    ['mnist', 'variational-autoencoder'],
    ['sonnets', 'char-language-model'],
  ] as const) {
    unwrap(await application.datasets.addSample(sample))
    const text = readFileSync(
      new URL(`../../../resources/templates/${template}.loom.json`, import.meta.url),
      'utf8',
    )
    const document = unwrap(parseDocument(text))
    const { project } = application.projects.create(document)
    // Little data and much that is left over: nobody looks at how good it becomes.
    const split = { train: 0.08, validation: 0.02, test: 0.9, stratify: false }
    const training = { ...document.training, epochs: 1, engine: 'cpu' as const, split }
    unwrap(await application.runs.start({ projectId: project.id, document: { ...document, training } }))
    await application.runs.whenIdle()
  }
  await application.close()
}
