import { create } from 'zustand'
import type { LayerView, Planes } from '../../src-core/preview/layer-view.ts'
import type { Problem } from '../../src-core/problems.ts'

/** `auto`: as in training for layers that are there to vary their input, as in prediction for all others. */
export type NoiseChoice = 'auto' | 'training' | 'prediction'

/** What was answered, and to which question. */
export interface ShownPreview {
  readonly layerId: string
  readonly row: number
  readonly isDrawn: boolean
  /** One per draw. */
  readonly views: readonly LayerView[]
}

interface PreviewState {
  /** Row of the dataset that flows through the drawing, from 0. */
  readonly row: number
  /** Whose weights; null for those that a training would begin with. */
  readonly runId: number | null
  /** Only rows of this class are gone to; null for all. */
  readonly category: string | null
  readonly noise: NoiseChoice
  /** Of the draws. */
  readonly seed: number
  readonly shown: ShownPreview | null
  /** By layer id. */
  readonly thumbnails: Readonly<Record<string, Planes>>
  /** Why the last question was not answered. */
  readonly problems: readonly Problem[]
  readonly busy: boolean
  readonly choose: (choice: Partial<PreviewChoices>) => void
}

/** What a person chooses. */
export type PreviewChoices = Pick<PreviewState, 'row' | 'runId' | 'category' | 'noise' | 'seed'>

/** What of the preview belongs to one project. */
export const freshPreview = {
  row: 0,
  runId: null,
  category: null,
  noise: 'auto' as const,
  seed: 1,
  shown: null,
  thumbnails: {},
  problems: [],
  busy: false,
}

/** The sample that is sent through the open drawing, and what came out at the selected layer. */
export const usePreview = create<PreviewState>()((set) => ({
  ...freshPreview,
  choose: (choice) => set(choice),
}))
