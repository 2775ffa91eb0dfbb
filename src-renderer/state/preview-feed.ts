import type { ModelPlan } from '../../src-core/compile/model-plan.ts'
import { layerDefinition } from '../../src-core/layers/catalogue.ts'
import { isRandomInTraining } from '../../src-core/preview/preview-step.ts'
import { call } from '../bridge/call.ts'
import { useCompile } from './compile-store.ts'
import { useDatasets } from './dataset-store.ts'
import { freshPreview, type NoiseChoice, usePreview } from './preview-store.ts'
import { useProject } from './project-store.ts'
import { provideSample } from './provide-samples.ts'
import { useRuns } from './run-store.ts'
import { useUi } from './ui-store.ts'

/** Draws of a layer that chance has a hand in. */
export const drawCount = 6

/** An answer is wanted quickly, but not at every key. */
const askAfterMs = 120

let timer: ReturnType<typeof setTimeout> | undefined
/** Counts questions, so that an answer that was overtaken is dropped. */
let asked = 0

/** Asks whenever what is to be shown changes, as long as a preview or thumbnails are in sight; returns what ends it. */
export function startPreviewFeed(): () => void {
  const stops = [
    useProject.subscribe((state, before) => {
      if (state.project?.id !== before.project?.id) forget()
      if (state.selectedLayers !== before.selectedLayers) askSoon()
    }),
    useCompile.subscribe((state, before) => {
      if (state.compiled !== before.compiled) askSoon()
    }),
    useDatasets.subscribe((state, before) => {
      if (state.datasets !== before.datasets) askSoon()
    }),
    useUi.subscribe((state, before) => {
      if (state.inspectorTab !== before.inspectorTab || state.thumbnails !== before.thumbnails) askSoon()
    }),
    usePreview.subscribe((state, before) => {
      const isChosen = (['row', 'runId', 'noise', 'seed'] as const).some((key) => state[key] !== before[key])
      if (isChosen) askSoon()
    }),
    useRuns.subscribe((state, before) => {
      // Weights of a run that goes on are others after every epoch.
      if (state.runs !== before.runs && usePreview.getState().runId !== null) askSoon()
    }),
  ]
  return () => {
    clearTimeout(timer)
    asked += 1
    for (const stop of stops) stop()
  }
}

function forget(): void {
  clearTimeout(timer)
  asked += 1
  usePreview.setState(freshPreview)
  void call('previews.cancel', {})
}

function askSoon(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void ask(), askAfterMs)
}

/** Whether a layer is shown several times, as training sees it. */
export function isDrawn(plan: ModelPlan, layerId: string, noise: NoiseChoice): boolean {
  const kind = plan.layers.find(({ id }) => id === layerId)?.kind ?? ''
  const isWanted =
    noise === 'auto' ? layerDefinition(kind)?.category === 'Augmentation' : noise === 'training'
  return isWanted && isRandomInTraining(plan, layerId)
}

/** What is to be asked about: the selected layer where a preview is in sight, any layer where only thumbnails are. */
function subject(plan: ModelPlan): string | undefined {
  const { inspectorTab, thumbnails } = useUi.getState()
  const [only, ...others] = useProject.getState().selectedLayers
  const selected = others.length === 0 && plan.layers.some(({ id }) => id === only) ? only : undefined
  if (inspectorTab === 'preview' && selected !== undefined) return selected
  return thumbnails ? plan.layers[0]?.id : undefined
}

async function ask(): Promise<void> {
  asked += 1
  const question = asked
  const { document } = useProject.getState()
  const { plan } = useCompile.getState()
  const layerId = plan && subject(plan)
  if (!document || !plan || layerId === undefined) {
    return usePreview.setState({ busy: false, ...(plan ? {} : { thumbnails: {}, shown: null }) })
  }
  const { row, runId, noise, seed } = usePreview.getState()
  const { thumbnails } = useUi.getState()
  usePreview.setState({ busy: true })
  await provideSample(document.dataset?.name)
  if (question !== asked) return
  const drawn = isDrawn(plan, layerId, noise)
  const draws = drawn ? { count: drawCount, seed } : null
  const answer = await call('previews.look', { document, layerId, row, runId, draws, thumbnails })
  if (question !== asked) return
  if (!answer.ok) {
    return usePreview.setState({ busy: false, problems: answer.problems, shown: null, thumbnails: {} })
  }
  // Another window's question may have come first; ours is asked again with the next change.
  if (!answer.value) return usePreview.setState({ busy: false })
  const { views } = answer.value
  usePreview.setState({
    busy: false,
    problems: [],
    shown: { layerId, row, isDrawn: drawn, views },
    thumbnails: answer.value.thumbnails,
  })
}
