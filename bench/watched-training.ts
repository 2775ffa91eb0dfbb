import type { ModelDocument } from '../src-core/document/model-document.ts'
import type { RunEvent } from '../src-core/training/run-event.ts'
import type { Application } from '../src-main/services/application.ts'

/**
 * Trains a document that is bound to a dataset of the workspace, in an engine process whose id `watch` is told with
 * every event; it stops when `watch` returns true. Throws when the training fails.
 */
export async function watchedTraining(
  application: Application,
  document: ModelDocument,
  watch: (event: RunEvent, pid: number | undefined) => boolean,
): Promise<void> {
  const binding = document.dataset
  const dataset = application.datasets.list().find(({ name }) => name === binding?.name)
  if (!binding || !dataset) throw new Error('the document has no data')
  const failures: string[] = []
  const task = application.engines.start(
    {
      type: 'train',
      document,
      settings: document.training,
      dataset: { workspaceFile: application.workspaceFile, datasetId: dataset.id, binding },
      engines: [],
      documentHash: '',
    },
    (reply) => {
      if (reply.type === 'refused') failures.push(...reply.problems.map(({ message }) => message))
      if (reply.type !== 'event') return
      if (reply.event.type === 'failed') failures.push(reply.event.problem.message)
      if (watch(reply.event, task.pid)) task.stop()
    },
  )
  const error = await task.ended
  if (error) throw error
  if (failures.length > 0) throw new Error(failures.join(' '))
}
