import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { failure, problem, type Result, success } from '../../src-core/problems.ts'

/**
 * The document bound to a dataset: as it says itself where it names this dataset, else automatically; `target` is the
 * column of its only output. Problem: `usage.invalid` for a target when there is not exactly one output.
 */
export function bindDataset(document: ModelDocument, name: string, target?: string): Result<ModelDocument> {
  const own = document.dataset?.name === name ? document.dataset : { name, inputs: {}, targets: {} }
  if (target === undefined) return success({ ...document, dataset: own })
  const [output, ...others] = document.layers.filter((layer) => layer.kind === 'output')
  if (output === undefined || others.length > 0) {
    return failure(
      problem('usage.invalid', '--target needs a model with exactly one output.', {
        hint: 'Bind the columns of each output in the document.',
      }),
    )
  }
  return success({ ...document, dataset: { name, inputs: {}, targets: { [output.id]: [target] } } })
}
