import ElkApi from 'elkjs/lib/elk-api.js'
import { directionOf, type FlowDirection } from '../../src-core/document/canvas-part.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import { t } from '../../src-core/language/t.ts'
import { useArranging } from '../state/arranging-store.ts'
import { canvas } from '../state/canvas-handle.ts'
import { dispatch, useProject } from '../state/project-store.ts'
import { notify } from '../ui/toast-store.ts'
import { elkGraph } from './arranging/elk-graph.ts'
import ElkWorker from './arranging/elk-worker.ts?worker'
import { LayoutRunner } from './arranging/layout-runner.ts'
import { tidyEdit } from './arranging/tidy-edit.ts'

const runner = new LayoutRunner((fail) => {
  return new ElkApi({
    workerFactory: () => {
      const worker = new ElkWorker()
      worker.onerror = (event) => fail(new Error(event.message || t('the worker could not be started')))
      return worker
    },
  })
})

/**
 * Arranges the drawing in a worker, in its own direction or another one, and shows all of it. Ends what was being
 * arranged before. What was drawn meanwhile counts: then nothing is moved.
 */
export async function tidy(wanted?: FlowDirection): Promise<void> {
  const { drawing: document } = useProject.getState()
  if (!document || document.layers.length === 0) return
  const direction = wanted ?? directionOf(document)
  const sizeOf = (layerId: string) => canvas()?.sizeOf(layerId)
  const answer = runner.run(elkGraph(document, direction, sizeOf))
  useArranging.setState({ layers: document.layers.length })
  try {
    const graph = await answer
    if (!graph) return
    if (!isStillDrawn(document)) {
      notify({
        tone: 'neutral',
        title: t('The drawing was changed while it was being arranged; nothing was moved.'),
      })
      return
    }
    const edit = tidyEdit(document, graph, direction, sizeOf)
    if (edit) dispatch(edit)
    canvas()?.fit()
  } catch (error) {
    const detail = error instanceof Error ? error.message : t('Try it once more.')
    notify({ tone: 'danger', title: t('The drawing could not be arranged.'), detail })
  } finally {
    // Another arrangement may have taken its place.
    if (!runner.isRunning) useArranging.setState({ layers: null })
  }
}

/** Ends the arrangement at work; nothing is moved. */
export function cancelTidy(): void {
  runner.cancel()
  useArranging.setState({ layers: null })
}

/** Settings and names may have changed; layers, wires and notes may not. */
function isStillDrawn({ layers, connections, canvas: part }: ModelDocument): boolean {
  const { drawing } = useProject.getState()
  return drawing?.layers === layers && drawing.connections === connections && drawing.canvas === part
}
