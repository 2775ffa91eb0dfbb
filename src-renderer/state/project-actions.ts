import { emptyDocument, type ModelDocument } from '../../src-core/document/model-document.ts'
import type { OpenedProject } from '../../src-core/ipc/contract.ts'
import { sentence } from '../../src-core/language/sentence.ts'
import { t } from '../../src-core/language/t.ts'
import type { Result } from '../../src-core/problems.ts'
import { call, callDropped } from '../bridge/call.ts'
import { notify, notifyProblems } from '../ui/toast-store.ts'
import { flush, save } from './autosave.ts'
import { useDatasets } from './dataset-store.ts'
import { useProject } from './project-store.ts'
import { openInTab, showTab } from './tab-actions.ts'
import { type ClosedTab, forgetClosed, isOpen, useTabs } from './tabs-store.ts'
import { useUi } from './ui-store.ts'

/** Opens whatever `ask` brings, after storing what is open; in a tab at a place. False when nothing was opened. */
async function openWith(
  ask: () => Promise<Result<OpenedProject | null>>,
  reopened?: ClosedTab,
): Promise<boolean> {
  // What cannot be stored is not left behind; the person has been told why.
  if (!(await flush())) return false
  const answer = await ask()
  if (!answer.ok) {
    notifyProblems(answer.problems)
    return false
  }
  return answer.value ? showOpened(answer.value, reopened) : false
}

async function showOpened(opened: OpenedProject, reopened?: ClosedTab): Promise<boolean> {
  if (!(await openInTab(opened, reopened))) return false
  const { notice } = opened
  if (notice !== undefined)
    notify({ tone: 'warning', title: t('Opened as a copy'), detail: sentence(notice) })
  return true
}

/** Opens a model, or imports data, that was dropped on the window. */
export async function takeDropped(files: readonly File[]): Promise<void> {
  if (!(await flush())) return
  const answer = await callDropped(files)
  if (!answer.ok) {
    notifyProblems(answer.problems)
    return
  }
  if (answer.value.type === 'project') {
    await showOpened(answer.value.opened)
    return
  }
  const { name, rows } = answer.value.dataset
  await useDatasets.getState().refresh()
  useUi.getState().openDock('data')
  notify({
    tone: 'success',
    title: t('Imported “{{name}}”', { name }),
    detail: t('{{count, number}} rows. Choose it in the Data panel of a project.', { count: rows }),
  })
}

/** Makes a project of a document (an empty one unless a template's is given) and opens it. */
export function createProject(
  document: ModelDocument = emptyDocument(t('Untitled model')),
): Promise<boolean> {
  return openWith(() => call('projects.create', { document }))
}

/** Opens a project of the workspace, or shows its tab when it is open already. */
export function openProject(projectId: number): Promise<boolean> {
  if (isOpen(projectId)) return showTab(projectId)
  return openWith(() => call('projects.open', { projectId }))
}

/** Opens the project again whose tab was closed last, where the tab stood. False when there is none, or it does not open. */
export async function reopenTab(): Promise<boolean> {
  const last = useTabs.getState().closed.at(-1)
  if (!last) return false
  forgetClosed(last.projectId)
  return openWith(() => call('projects.open', { projectId: last.projectId }), last)
}

/** Lets the person choose a document file and opens it. */
export function openFile(): Promise<boolean> {
  return openWith(() => call('projects.openFile', {}))
}

/** Keeps a version and writes the linked file. */
export async function saveProject(): Promise<void> {
  await save()
}

/** Lets the person choose a file, writes the document there and links the project to it. False when none was chosen. */
export async function saveProjectAs(): Promise<boolean> {
  const { project, document, noteSaved } = useProject.getState()
  if (!project || !document) return false
  const answer = await call('projects.saveFileAs', { projectId: project.id, document })
  if (!answer.ok) notifyProblems(answer.problems)
  if (!answer.ok || !answer.value) return false
  if (useProject.getState().project?.id !== project.id) return false
  // Writing the file does not touch the workspace's own copy.
  noteSaved(document, { filePath: answer.value.filePath }, true)
  notify({ tone: 'success', title: t('Saved'), detail: answer.value.filePath })
  await save()
  return true
}

/** Back to the start page, once unsaved changes are stored; the projects stay open in their tabs. */
export async function closeProject(): Promise<void> {
  await showTab(null)
}
