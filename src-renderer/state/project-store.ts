import { create } from 'zustand'
import { notesOf } from '../../src-core/document/canvas-part.ts'
import { applyEdit, type Edit } from '../../src-core/document/edits.ts'
import type { ModelDocument } from '../../src-core/document/model-document.ts'
import type { OpenedProject, ProjectSummary } from '../../src-core/ipc/contract.ts'
import { type EnteredBlock, editInside, shownAt } from './block-scope.ts'
import { editLabel } from './edit-label.ts'
import { emptyHistory, type History, type NameEdit, record, seal } from './history.ts'

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed'

export interface DispatchOptions {
  /** What undo calls it; made from the edit when absent. */
  readonly label?: string
  /** Edits with the same key in quick succession undo as one. */
  readonly coalesceKey?: string
  /** The edit is about the document, not about the block that was entered. */
  readonly everywhere?: boolean
}

export interface ProjectState {
  readonly project: ProjectSummary | null
  /** The document being drawn; null on the start page. */
  readonly document: ModelDocument | null
  /** What the canvas shows of it: all, or the inside of the block that was entered last. */
  readonly drawing: ModelDocument | null
  /** The blocks that were entered, from the outside in. */
  readonly entered: readonly EnteredBlock[]
  /** The document as it was last stored; saved when it is `document` itself. */
  readonly savedDocument: ModelDocument | null
  readonly saveState: SaveState
  /** The document that the project's file holds, as far as it has one and that is known. */
  readonly writtenDocument: ModelDocument | null
  readonly history: History
  readonly selectedLayers: ReadonlySet<string>
  readonly selectedConnections: ReadonlySet<string>
  /** Notes and frames. */
  readonly selectedNotes: ReadonlySet<string>

  /**
   * Applies an edit to what is shown and remembers how to undo it; an edit that changes nothing leaves no trace. With
   * `everywhere`, layers and wires are those of the document, whatever block was entered.
   */
  readonly dispatch: (edit: Edit, options?: DispatchOptions) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Ends coalescing: the next edit is undone on its own. */
  readonly sealHistory: () => void
  /** Shows the inside of the block that a path of layer ids leads to; an empty path is the document. */
  readonly enter: (path: readonly string[]) => void
  readonly select: (
    layers: Iterable<string>,
    connections?: Iterable<string>,
    notes?: Iterable<string>,
  ) => void
  /** Shows a project anew, without a history; what was shown before is gone unless its tab keeps it. */
  readonly show: (opened: OpenedProject | null) => void
  /** Notes that saving has started, failed, or stored `document`. */
  readonly noteSaving: () => void
  readonly noteSaveFailed: () => void
  /** `written`: its file holds it, too. */
  readonly noteSaved: (document: ModelDocument, project?: Partial<ProjectSummary>, written?: boolean) => void
}

/** What is known of an open project, without what can be done with it. */
export type ProjectPart = Pick<
  ProjectState,
  {
    [Key in keyof ProjectState]: ProjectState[Key] extends (...given: never) => void ? never : Key
  }[keyof ProjectState]
>

/** A project as it is when it has just been opened; null for the start page. */
export function freshProject(opened: OpenedProject | null): ProjectPart {
  return {
    project: opened?.project ?? null,
    document: opened?.document ?? null,
    drawing: opened?.document ?? null,
    entered: [],
    savedDocument: opened?.document ?? null,
    saveState: 'saved',
    writtenDocument: opened && !opened.unwritten ? opened.document : null,
    history: emptyHistory,
    selectedLayers: new Set(),
    selectedConnections: new Set(),
    selectedNotes: new Set(),
  }
}

/** The open project: its document, what was done to it, what is selected. Every change goes through `dispatch`. */
export const useProject = create<ProjectState>()((set, get) => ({
  ...freshProject(null),

  dispatch: (given, options = {}) => {
    const { document, history, entered } = get()
    if (!document) return
    const edit = options.everywhere ? given : editInside(given, entered.at(-1)?.block.id)
    const applied = applyEdit(document, edit)
    if (applied.document === document) return
    const nameOf: NameEdit = (named, inverse) => options.label ?? editLabel(document, named, inverse)
    const entry = {
      label: nameOf(edit, applied.inverse),
      edit,
      inverse: applied.inverse,
      coalesceKey: options.coalesceKey,
      at: Date.now(),
    }
    set({ ...changedTo(get(), applied.document), history: record(history, entry, nameOf) })
  },

  undo: () => {
    const { document, history } = get()
    const entry = history.done.at(-1)
    if (!document || !entry) return
    const applied = applyEdit(document, entry.inverse)
    set({
      ...changedTo(get(), applied.document),
      history: { done: history.done.slice(0, -1), undone: [...history.undone, entry] },
    })
  },

  redo: () => {
    const { document, history } = get()
    const entry = history.undone.at(-1)
    if (!document || !entry) return
    const applied = applyEdit(document, entry.edit)
    // What comes after a redo is a new thought, even within the same second.
    const again = { ...entry, inverse: applied.inverse, coalesceKey: undefined }
    set({
      ...changedTo(get(), applied.document),
      history: { done: [...history.done, again], undone: history.undone.slice(0, -1) },
    })
  },

  sealHistory: () => set((state) => ({ history: seal(state.history) })),

  enter: (path) =>
    set(({ document }) =>
      document
        ? {
            ...shownAt(document, path),
            selectedLayers: new Set(),
            selectedConnections: new Set(),
            selectedNotes: new Set(),
          }
        : {},
    ),

  select: (layers, connections = [], notes = []) =>
    set((state) => {
      const next = {
        selectedLayers: new Set(layers),
        selectedConnections: new Set(connections),
        selectedNotes: new Set(notes),
      }
      const same =
        sameMembers(state.selectedLayers, next.selectedLayers) &&
        sameMembers(state.selectedConnections, next.selectedConnections) &&
        sameMembers(state.selectedNotes, next.selectedNotes)
      return same ? {} : next
    }),

  show: (opened) => set(freshProject(opened)),

  noteSaving: () => set({ saveState: 'saving' }),
  noteSaveFailed: () => set({ saveState: 'failed' }),
  noteSaved: (document, project = {}, written = false) =>
    set((state) => ({
      savedDocument: document,
      ...(written && { writtenDocument: document }),
      saveState: state.document === document ? 'saved' : 'unsaved',
      project: state.project && { ...state.project, name: document.name, ...project },
    })),
}))

/** The state after the document changed: unsaved (unless it is back at what is stored), nothing selected that is gone. */
function changedTo(state: ProjectState, document: ModelDocument): Partial<ProjectState> {
  const shown = shownAt(
    document,
    state.entered.map(({ layer }) => layer.id),
  )
  const layers = new Set(shown.drawing.layers.map((layer) => layer.id))
  const connections = new Set(shown.drawing.connections.map((connection) => connection.id))
  return {
    document,
    ...shown,
    saveState: document === state.savedDocument ? 'saved' : 'unsaved',
    selectedLayers: kept(state.selectedLayers, layers),
    selectedConnections: kept(state.selectedConnections, connections),
    selectedNotes: kept(state.selectedNotes, new Set(notesOf(document).map(({ id }) => id))),
  }
}

/** The members that still exist; the same set when all do, so that nobody renders for nothing. */
function kept(selected: ReadonlySet<string>, existing: ReadonlySet<string>): ReadonlySet<string> {
  const remaining = [...selected].filter((id) => existing.has(id))
  return remaining.length === selected.size ? selected : new Set(remaining)
}

function sameMembers(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id))
}

/** Applies an edit to the open document; see ProjectState.dispatch. */
export function dispatch(edit: Edit, options?: DispatchOptions): void {
  useProject.getState().dispatch(edit, options)
}
