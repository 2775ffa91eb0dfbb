import { create } from 'zustand'
import { serialiseDocument } from '../../src-core/document/serialise.ts'
import type { OpenedProject } from '../../src-core/ipc/contract.ts'
import { type Parked, park, unpark } from './parking.ts'
import { freshProject, type ProjectPart, useProject } from './project-store.ts'

export interface ProjectTab {
  readonly projectId: number
  /** The project as it was when another one was shown; null while it is shown itself. */
  readonly parked: Parked | null
  /** Another program wrote into its file since; asked about when it is shown. */
  readonly touched: boolean
}

export interface ClosedTab {
  readonly projectId: number
  /** Where it stood. */
  readonly index: number
  /** What had been done to its project, and what came of it; null for those that were closed long ago. */
  readonly past: Pick<ProjectPart, 'document' | 'history'> | null
}

interface TabsState {
  /** The open projects, in the order of their tabs. Which one is shown is the project store's to say. */
  readonly tabs: readonly ProjectTab[]
  /** The last one closed last. */
  readonly closed: readonly ClosedTab[]
  /** Whether the tabs of the last time are open again. */
  readonly restored: boolean
}

/** So many can be opened again, and so many of them with what had been done to them. */
const mostClosed = 20
const mostPasts = 10

/**
 * The projects that are open in the window. One of them, or the start page, is shown: it lives in the project store
 * and in those that follow it. The others are parked here.
 */
export const useTabs = create<TabsState>()(() => ({ tabs: [], closed: [], restored: false }))

/** The project that is shown; null on the start page. */
export function shownId(): number | null {
  return useProject.getState().project?.id ?? null
}

export function isOpen(projectId: number): boolean {
  return useTabs.getState().tabs.some((tab) => tab.projectId === projectId)
}

/** What is known of a tab's project: of the one that is shown from the project store. */
export function partOf(tab: ProjectTab, shown: ProjectPart): ProjectPart {
  return tab.parked?.project ?? shown
}

/** The open projects as main is told of them; null while those of the last time are not open again yet. */
export function openProjects(): { readonly projectId: number; readonly name: string }[] | null {
  const { tabs, restored } = useTabs.getState()
  if (!restored) return null
  return tabs.map((tab) => ({
    projectId: tab.projectId,
    name: partOf(tab, useProject.getState()).document?.name ?? '',
  }))
}

/** Shows a tab that is there, or with null the start page; what is shown now is parked. */
export function bring(projectId: number | null): void {
  const before = shownId()
  const next = useTabs.getState().tabs.find((tab) => tab.projectId === projectId)
  if (projectId === before || (projectId !== null && !next?.parked)) return
  const kept = before === null ? null : park()
  useTabs.setState(({ tabs }) => ({
    tabs: tabs.map((tab) => {
      if (tab.projectId === before) return { ...tab, parked: kept }
      return tab === next ? { ...tab, parked: null, touched: false } : tab
    }),
  }))
  if (next?.parked) unpark(next.parked)
  else useProject.getState().show(null)
}

/** Adds a parked project at a place, at the end unless one is given. */
export function addTab(projectId: number, parked: Parked, index = useTabs.getState().tabs.length): void {
  useTabs.setState(({ tabs, closed }) => ({
    tabs: tabs.toSpliced(index, 0, { projectId, parked, touched: false }),
    closed: closed.filter((tab) => tab.projectId !== projectId),
  }))
}

/**
 * Takes a tab away and shows the one beside it if it was shown: the next one, else the one before, else the start page.
 * What was not stored of the project is gone; what was done to it is kept for when it is opened again.
 */
export function dropTab(projectId: number): void {
  const { tabs } = useTabs.getState()
  const index = tabs.findIndex((tab) => tab.projectId === projectId)
  if (index < 0) return
  const neighbour = tabs[index + 1] ?? tabs[index - 1]
  if (projectId === shownId()) bring(neighbour?.projectId ?? null)
  useTabs.setState((state) => {
    const left = state.tabs.find((tab) => tab.projectId === projectId)?.parked?.project
    const past = left ? { document: left.document, history: left.history } : null
    return {
      tabs: state.tabs.filter((tab) => tab.projectId !== projectId),
      closed: [...state.closed, { projectId, index, past }]
        .slice(-mostClosed)
        .map((tab, place, { length }) => (place < length - mostPasts ? { ...tab, past: null } : tab)),
    }
  })
}

/** Puts a tab at another place of the row. */
export function moveTab(projectId: number, index: number): void {
  useTabs.setState(({ tabs }) => {
    const tab = tabs.find((candidate) => candidate.projectId === projectId)
    if (!tab || tabs[index] === tab || index < 0 || index >= tabs.length) return {}
    return { tabs: tabs.filter((other) => other !== tab).toSpliced(index, 0, tab) }
  })
}

/** Forgets that a tab was closed: its project is open again, or cannot be. */
export function forgetClosed(projectId: number): void {
  useTabs.setState(({ closed }) => ({ closed: closed.filter((tab) => tab.projectId !== projectId) }))
}

/** Marks a parked tab whose file another program wrote into, or takes the mark away. */
export function markTouched(projectId: number, touched: boolean): void {
  useTabs.setState(({ tabs }) => ({
    tabs: tabs.map((tab) =>
      tab.projectId === projectId && tab.parked && tab.touched !== touched ? { ...tab, touched } : tab,
    ),
  }))
}

/**
 * A project that was opened and has not been shown yet. Where its tab was closed before and its document is still what it was then,
 * what had been done to it can be undone.
 */
export function unseen(opened: OpenedProject, closed?: ClosedTab): Parked {
  const { document, history } = closed?.past ?? {}
  const isAsLeft = document && serialiseDocument(document) === serialiseDocument(opened.document)
  return { project: { ...freshProject(opened), ...(isAsLeft && history && { history }) }, look: null }
}
