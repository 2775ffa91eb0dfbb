import type { ChannelValue, OpenedProject } from '../../src-core/ipc/contract.ts'
import { sentence } from '../../src-core/language/sentence.ts'
import { t } from '../../src-core/language/t.ts'
import { call } from '../bridge/call.ts'
import { notify, notifyProblems } from '../ui/toast-store.ts'
import { flush } from './autosave.ts'
import { forgetView } from './canvas-views.ts'
import { leaveCompare } from './compare-store.ts'
import { offerDocument } from './offered-document.ts'
import { forgetOutlines } from './outline-views.ts'
import { checkOutsideChange, forgetOutsideChange } from './outside-change.ts'
import { closePicker } from './picker-store.ts'
import { useProject } from './project-store.ts'
import {
  addTab,
  bring,
  type ClosedTab,
  dropTab,
  forgetClosed,
  isOpen,
  markTouched,
  moveTab,
  shownId,
  unseen,
  useTabs,
} from './tabs-store.ts'

/** Tabs change one after the other, so that quick keys do what they would do slowly. */
let turn: Promise<unknown> = Promise.resolve()

function inTurn(work: () => Promise<boolean>): Promise<boolean> {
  const done = turn.then(work)
  turn = done.catch(() => undefined)
  return done
}

/** Shows the tab of an open project, or with null the start page. False when what is shown cannot be stored. */
export function showTab(projectId: number | null): Promise<boolean> {
  return inTurn(() => show(projectId))
}

/** Shows the tab so many further on in the row, which has no end; from the start page the first or the last. */
export function stepTab(by: 1 | -1): Promise<boolean> {
  return inTurn(() => {
    const { tabs } = useTabs.getState()
    const at = tabs.findIndex((tab) => tab.projectId === shownId())
    const next = at < 0 && by < 0 ? -1 : (at + by) % tabs.length
    return show(tabs.at(next)?.projectId ?? null)
  })
}

/** Shows what was opened: in its tab if the project is open already, else in a new one, where `reopened` stood if that is given. */
export function openInTab(opened: OpenedProject, reopened?: ClosedTab): Promise<boolean> {
  const { id } = opened.project
  return inTurn(async () => {
    if (!(await settle())) return false
    if (id === shownId()) void checkOutsideChange()
    if (!isOpen(id)) {
      forgetView(id)
      forgetOutlines(id)
      const closed = reopened ?? useTabs.getState().closed.find((tab) => tab.projectId === id)
      addTab(id, unseen(opened, closed), reopened?.index)
    }
    return show(id)
  })
}

/** Closes a tab, the one that is shown unless another is given, once its project is stored. False when it cannot be. */
export function closeTab(given?: number): Promise<boolean> {
  return inTurn(async () => {
    const projectId = given ?? shownId()
    if (projectId === null) return false
    // What is not shown was stored when it went to the background.
    if (projectId === shownId()) {
      if (!(await settle())) return false
      leaveDialogs()
    }
    const wasShown = projectId === shownId()
    dropTab(projectId)
    if (wasShown) void checkOutsideChange()
    return true
  })
}

/** Takes away the tab of a project that is no longer in the workspace. */
export function forgetTab(projectId: number): void {
  dropTab(projectId)
  forgetClosed(projectId)
}

/** Puts the tab that is shown so many places further on. */
export function shiftTab(by: 1 | -1): void {
  const id = shownId()
  const at = useTabs.getState().tabs.findIndex((tab) => tab.projectId === id)
  if (id !== null && at >= 0) moveTab(id, at + by)
}

/** Opens what was open when the app was last closed, each in its tab, and tells what does not open any more. */
export async function reopenProjects(): Promise<void> {
  const answer = await call('projects.reopen', {})
  if (useTabs.getState().restored) return
  if (answer.ok) {
    const { opened, shown, lost } = answer.value
    for (const each of opened) addTab(each.project.id, unseen(each))
    bring(shown)
    tellLost(lost)
    void checkOutsideChange()
    for (const { project } of opened) if (project.id !== shown) void lookAtFile(project.id)
  } else notifyProblems(answer.problems)
  useTabs.setState({ restored: true })
}

/** Main says that the file of an open project may have been changed: asks at once or, in the background, marks its tab. */
export async function lookAtFile(projectId: number): Promise<void> {
  if (projectId === shownId()) return checkOutsideChange()
  const parked = useTabs.getState().tabs.find((tab) => tab.projectId === projectId)?.parked
  if (!parked?.project.project?.filePath) return
  const answer = await call('projects.outsideChange', { projectId })
  // What is wrong with it is told when it is shown.
  markTouched(projectId, !answer.ok || answer.value !== null)
}

async function show(projectId: number | null): Promise<boolean> {
  if (projectId === shownId()) return true
  if (!(await settle())) return false
  leaveDialogs()
  bring(projectId)
  void checkOutsideChange()
  return true
}

/** Stores what is shown, with what is being typed; until there is nothing left to be stored. */
async function settle(): Promise<boolean> {
  finishTyping()
  for (;;) {
    if (!(await flush())) return false
    const { document, savedDocument } = useProject.getState()
    if (document === savedDocument) return true
  }
}

/** What is typed into a field counts when the field is left. */
function finishTyping(): void {
  const field = document.activeElement
  if (field instanceof HTMLElement && field.matches('input, textarea, [contenteditable]')) field.blur()
}

/** Questions and lists are about what is shown. */
function leaveDialogs(): void {
  closePicker()
  leaveCompare()
  offerDocument(null)
  forgetOutsideChange()
}

function tellLost(lost: ChannelValue<'projects.reopen'>['lost']): void {
  const [first, ...others] = lost
  if (!first) return
  notify({
    tone: 'warning',
    title:
      others.length === 0
        ? t('“{{name}}” is not open any more', { name: first.name })
        : t('{{count, number}} projects are not open any more', { count: lost.length }),
    detail: lost
      .map(({ name, problem }) => {
        const reason = sentence(problem.message)
        return others.length === 0 ? reason : t('“{{name}}”: {{reason}}', { name, reason })
      })
      .join(' '),
  })
}
