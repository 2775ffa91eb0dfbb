import { z } from 'zod'
import { identifier } from './identifier.ts'

/** Which way the flow runs on the canvas. */
export const flowDirections = ['down', 'right'] as const
export type FlowDirection = (typeof flowDirections)[number]

/** Colours of notes by their names; what they look like is up to the screen. */
export const noteColours = ['yellow', 'blue', 'green', 'pink', 'grey'] as const
export type NoteColour = (typeof noteColours)[number]

/** Longer ones belong in a file of their own. */
export const longestNote = 20_000

/** No note is smaller, in pixels of the canvas: it could not be met any more. */
export const smallestNote = { width: 96, height: 48 } as const
const largestNote = 20_000

export const noteSchema = z.object({
  id: identifier,
  /** A note stands among the layers; a frame lies behind those it holds together. */
  kind: z.enum(['note', 'frame']),
  /** Markdown; of a frame, its title. */
  text: z.string().max(longestNote),
  position: z.object({ x: z.number(), y: z.number() }),
  size: z.object({
    width: z.number().min(smallestNote.width).max(largestNote),
    height: z.number().min(smallestNote.height).max(largestNote),
  }),
  /** Yellow for a note and grey for a frame when absent. */
  colour: z.enum(noteColours).optional(),
})

/** What the drawing shows besides layers and wires: it means nothing to the model. */
export const canvasPartSchema = z.object({
  /** Down when absent. */
  direction: z.enum(flowDirections).optional(),
  notes: z.array(noteSchema).optional(),
})

/** A note or a frame. */
export type Note = z.output<typeof noteSchema>
export type CanvasPart = z.output<typeof canvasPartSchema>

type WithCanvas = { readonly canvas?: CanvasPart | undefined }

/** Which way the flow of a document runs. */
export function directionOf({ canvas }: WithCanvas): FlowDirection {
  return canvas?.direction ?? 'down'
}

const none: readonly Note[] = []

/** The notes and frames of a document; those that come later lie above. */
export function notesOf({ canvas }: WithCanvas): readonly Note[] {
  return canvas?.notes ?? none
}

/** The part as documents keep it: without what says nothing; undefined when that is all of it. */
export function trimmedCanvas({ direction, notes }: CanvasPart): CanvasPart | undefined {
  const kept: CanvasPart = {
    ...(direction !== undefined && direction !== 'down' && { direction }),
    ...(notes !== undefined && notes.length > 0 && { notes }),
  }
  return Object.keys(kept).length === 0 ? undefined : kept
}
